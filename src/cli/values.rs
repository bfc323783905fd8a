//! Values of options.

use clap::ValueEnum;
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Described {
    Config,
    Mapping,
}

/// `240/min`, `4/s`, or a number a minute.
pub fn parse_rate(text: &str) -> Result<u32, String> {
    let (number, unit) = text.split_once('/').unwrap_or((text, "min"));
    let per_minute = match unit.trim() {
        "min" | "m" => 1,
        "s" => 60,
        _ => return Err("write it as N/min".into()),
    };
    match number.trim().parse::<u32>() {
        Ok(number @ 1..) => Ok(number.saturating_mul(per_minute)),
        _ => Err("write it as N/min, with N from 1".into()),
    }
}

/// `30s`, `5m`
pub fn parse_time(text: &str) -> Result<Duration, String> {
    let time = crate::config::parse_duration(text).filter(|time| !time.is_zero());
    time.ok_or_else(|| "write it as 30s or 5m".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_as_people_write_it() {
        assert_eq!(parse_rate("240/min"), Ok(240));
        assert_eq!(parse_rate("4/s"), Ok(240));
        assert_eq!(parse_rate("60"), Ok(60));
        assert!(parse_rate("0/min").is_err() && parse_rate("fast").is_err());
    }
}
