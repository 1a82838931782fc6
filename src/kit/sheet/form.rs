//! What a cell's number format and font say of it.

/// What the number of a cell counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Counts {
    #[default]
    Things,
    Days,
    /// Days and their parts.
    Hours,
}

/// How a cell looks, as far as it changes what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub counts: Counts,
    pub is_percent: bool,
    pub places: Option<u8>,
    /// Empty unless it is of before Unicode.
    pub font: String,
    pub is_bold: bool,
}

impl Look {
    /// With a format that has a number everywhere (ECMA-376, part 1, §18.8.30; [MS-XLS] 2.5.165). East Asian and Thai ones among
    /// them write dates.
    pub fn numbered(id: u16) -> Option<Look> {
        let look = |counts, is_percent, places| Some(Look { counts, is_percent, places, ..Look::default() });
        match id {
            0 | 11..=13 | 48 | 49 | 69 | 70 => look(Counts::Things, false, None),
            1 | 3 | 5 | 6 | 37 | 38 | 41 | 42 | 59 | 61 => look(Counts::Things, false, Some(0)),
            2 | 4 | 7 | 8 | 39 | 40 | 43 | 44 | 60 | 62 => look(Counts::Things, false, Some(2)),
            9 | 67 => look(Counts::Things, true, Some(0)),
            10 | 68 => look(Counts::Things, true, Some(2)),
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 | 71..=74 | 81 => look(Counts::Days, false, None),
            18..=22 | 32..=35 | 45..=47 | 55 | 56 | 75..=80 => look(Counts::Hours, false, None),
            _ => None,
        }
    }

    /// With a format as it is written (ECMA-376, part 1, §18.8.31), by its first section: the others are for numbers below
    /// nought, nought, and text.
    pub fn written(code: &str) -> Look {
        let mut look = Look::default();
        let (mut has_digits, mut has_point, mut has_days, mut has_hours, mut has_months) = (false, false, false, false, false);
        let (mut is_no_count, mut is_scaled, mut places) = (false, false, 0_u8);
        let mut letters = code.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                ';' => break,
                '"' => while letters.next().is_some_and(|letter| letter != '"') {},
                '\\' | '_' | '*' => drop(letters.next()),
                '[' => {
                    let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                    // [h] counts hours beyond a day; everything else is a colour, a condition or a country.
                    has_hours |= !inside.is_empty() && inside.chars().all(|letter| matches!(letter, 'h' | 'H' | 'm' | 'M' | 's' | 'S'));
                }
                '0' | '#' | '?' => {
                    (has_digits, is_scaled) = (true, false);
                    places = places.saturating_add(u8::from(has_point));
                }
                '.' => has_point = true,
                ',' => is_scaled = has_digits,
                '%' => look.is_percent = true,
                '/' => is_no_count |= has_digits,
                'E' | 'e' if letters.next_if(|next| matches!(next, '+' | '-')).is_some() => is_no_count = true,
                'G' | 'g' if general(&mut letters) => is_no_count = true,
                'd' | 'D' | 'y' | 'Y' | 'e' | 'E' | 'b' | 'B' => has_days = true,
                'h' | 'H' => has_hours = true,
                's' | 'S' => {
                    has_hours = true;
                    // Parts of a second.
                    if letters.next_if_eq(&'.').is_some() {
                        while letters.next_if_eq(&'0').is_some() {}
                    }
                }
                'm' | 'M' => has_months = true,
                'A' | 'a' if letters.next_if(|next| matches!(next, 'M' | 'm' | '/')).is_some() => has_hours = true,
                _ => {}
            }
        }
        // Beside digits those letters are words that somebody forgot to quote (`#,##0 đồng/tháng`).
        if !has_digits {
            if has_hours {
                look.counts = Counts::Hours;
            } else if has_days || has_months {
                look.counts = Counts::Days;
            }
        }
        if look.counts == Counts::Things {
            look.places = (has_digits && !is_no_count && !is_scaled).then_some(places);
        }
        look
    }
}

/// The rest of "General".
fn general(letters: &mut std::iter::Peekable<std::str::Chars>) -> bool {
    let mut ahead = letters.clone();
    let is_so = "eneral".chars().all(|letter| ahead.next().is_some_and(|next| next.eq_ignore_ascii_case(&letter)));
    if is_so {
        *letters = ahead;
    }
    is_so
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_format_says_days_hours_per_cent_and_places() {
        use Counts::*;
        for (code, counts, is_percent, places) in [
            ("General", Things, false, None),
            ("GENERAL", Things, false, None),
            ("General\" hộ\"", Things, false, None),
            ("@", Things, false, None),
            ("0", Things, false, Some(0)),
            ("#,##0.00", Things, false, Some(2)),
            ("#,##0.0##", Things, false, Some(3)),
            ("0.00%", Things, true, Some(2)),
            ("0%;[Red]-0%", Things, true, Some(0)),
            ("0.00E+00", Things, false, None),
            ("# ?/?", Things, false, None),
            ("#,##0,", Things, false, None),
            ("#,##0,.0", Things, false, Some(1)),
            ("_(* #,##0.0_);_(* \\(#,##0.0\\);_(* \"-\"??_);_(@_)", Things, false, Some(1)),
            ("[$-42A]#,##0\\ \"đ\"", Things, false, Some(0)),
            ("#,##0 đồng/tháng", Things, false, None),
            ("[<1]0.0;0", Things, false, Some(1)),
            ("dd/mm/yyyy", Days, false, None),
            ("[$-42A]dd\\ \"tháng\"\\ mm\\ yyyy;@", Days, false, None),
            ("d-mmm", Days, false, None),
            ("mm/yyyy", Days, false, None),
            ("[$-1010000]d/m/yyyy", Days, false, None),
            ("dd/mm/yyyy hh:mm", Hours, false, None),
            ("[h]:mm:ss", Hours, false, None),
            ("mm:ss.0", Hours, false, None),
            ("0 hs", Things, false, Some(0)),
            ("h:mm AM/PM", Hours, false, None),
            ("\"unclosed", Things, false, None),
            ("[unclosed", Things, false, None),
            ("\\", Things, false, None),
            ("", Things, false, None),
        ] {
            assert_eq!(Look::written(code), Look { counts, is_percent, places, ..Look::default() }, "{code}");
        }
    }
}
