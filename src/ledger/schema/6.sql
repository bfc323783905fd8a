-- When a change left by the service's clock, as for attempts.

ALTER TABLE changes ADD COLUMN service_at INTEGER;
