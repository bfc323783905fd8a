//! The signed assertion of a service account (RFC 7523).
