//! QR codes (ISO/IEC 18004) as one SVG path, small enough to stand inside a page.

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// Drawn with a stroke one module wide. The quiet zone of four modules around it is for whoever draws it.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Code {
    /// Modules on one side.
    pub size: usize,
    pub path: String,
}

/// Of a page, or of an app's account (`otpauth:`).
const SCHEMES: [&str; 3] = ["https://", "http://", "otpauth://"];

/// `None` for what is no whole address, or too long for a code.
pub fn code(address: &str) -> Option<Code> {
    if !SCHEMES.iter().any(|scheme| address.starts_with(scheme)) {
        return None;
    }
    // Paper on a board gets wet and creased: 15 % of it may be lost.
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let size = code.width();
    Some(Code { size, path: path(&code.to_colors(), size) })
}

/// Row by row: `h3` draws three dark modules, `m2 0` passes over two light ones.
fn path(modules: &[Color], size: usize) -> String {
    let mut path = String::new();
    for (row, modules) in modules.chunks(size).enumerate() {
        path.push_str(&format!("M0 {row}.5"));
        let dark = modules.iter().rposition(|module| *module == Color::Dark).map_or(0, |last| last + 1);
        for run in modules[..dark].chunk_by(|one, next| one == next) {
            path.push_str(&match run.first() {
                Some(Color::Dark) => format!("h{}", run.len()),
                _ => format!("m{} 0", run.len()),
            });
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the path as a browser would, and compares module by module.
    #[test]
    fn the_path_draws_every_dark_module_and_no_light_one() {
        let address = "https://bangtin.example/tin/mot-buoi-sang-o-diem-giao-dich-xa-dong-kieu";
        let made = code(address).expect("it fits");
        let mut drawn = vec![Color::Light; made.size * made.size];
        for (row, steps) in made.path.split('M').skip(1).enumerate() {
            let steps = steps.strip_prefix(&format!("0 {row}.5")).expect("a row begins at its middle");
            let mut at = 0;
            for step in steps.replace('h', " h").replace('m', " m").split_whitespace().filter(|step| *step != "0") {
                let length: usize = step[1..].parse().expect("a length");
                if step.starts_with('h') {
                    drawn[row * made.size + at..][..length].fill(Color::Dark);
                }
                at += length;
            }
            assert!(at <= made.size);
        }
        assert_eq!(drawn, QrCode::with_error_correction_level(address, EcLevel::M).expect("it fits").to_colors());
    }

    #[test]
    fn what_is_no_address_gets_no_code() {
        assert_eq!(code("/tin/mot"), None);
        assert_eq!(code(&format!("https://x.example/{}", "a".repeat(3000))), None);
    }
}
