//! Structured logs on standard error: text for a person, JSON for a machine.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use super::config::{Config, LogForm};
use crate::kit::refusal::Refusal;
use crate::phrase;

pub fn start(config: &Config) -> Result<(), Refusal> {
    let filter = EnvFilter::try_new(&config.log_level)
        .map_err(|_| Refusal::Trouble(phrase!("config-bad-value", name = "log_level", value = config.log_level)))?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    match config.log {
        LogForm::Text => logs.with_target(false).init(),
        LogForm::Json => logs.json().flatten_event(true).init(),
    }
    Ok(())
}
