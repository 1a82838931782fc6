//! Colours as `#rrggbb`, and how well one is read on another.

/// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| -> Option<f64> {
        let value = f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

/// From 1 to 21 (WCAG 2.2, "contrast ratio"); `None` for what is no `#rrggbb`.
pub fn contrast(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_what_the_guidelines_say() {
        let close = |found: Option<f64>, expected: f64| found.is_some_and(|found| (found - expected).abs() < 0.01);
        assert!(close(contrast("#000000", "#ffffff"), 21.0));
        assert!(close(contrast("#ffffff", "#767676"), 4.54), "the lightest grey that passes on white");
        assert!(close(contrast("#123456", "#123456"), 1.0));
        for wrong in ["", "#fff", "#gggggg", "123456", "#12345é"] {
            assert_eq!(contrast(wrong, "#000000"), None, "{wrong}");
        }
    }
}
