//! What an answer says of the rate limit.
