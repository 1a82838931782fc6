//! The list of indicators as it stands: one text of the whole portal.

use super::indicators::Indicators;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::settings::{self, Setting};

pub const INDICATORS: Setting =
    Setting { name: "indicators.toml", act: "indicators_kept", check: |file, text| Indicators::read(file, text).map(drop) };

/// Errors: what is stored is no such list.
pub fn indicators(c: &mut Conn) -> Result<Indicators, Refusal> {
    let text = settings::find(c, INDICATORS.name)?.unwrap_or_default();
    Indicators::read(INDICATORS.name, &text).map_err(Refusal::Issues)
}
