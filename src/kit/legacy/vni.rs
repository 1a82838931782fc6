//! VNI for Windows (VNI-Times and its family): a plain letter, and after it one that bears only the mark, so that a modern machine
//! shows `Ñoaøn` for Đoàn. Đ, ơ, ư, ỵ and the i with a tone are one letter each.

use crate::kit::fold::nfc;

/// What a mark adds: â and ă with a tone are one mark.
const ROUND: char = '\u{302}';
const BREVE: char = '\u{306}';
const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const HOOK: char = '\u{309}';
const TILDE: char = '\u{303}';
const DOT: char = '\u{323}';

/// In Normalisation Form C.
pub fn convert(seen: &str) -> String {
    let mut out = String::with_capacity(seen.len() + seen.len() / 2);
    let mut rest = seen.chars().peekable();
    while let Some(first) = rest.next() {
        let marks = rest.peek().map_or(&[][..], |mark| marks(first, *mark));
        out.push(single(first).unwrap_or(first));
        if !marks.is_empty() {
            out.extend(marks);
            rest.next();
        }
    }
    nfc(&out)
}

/// A letter that is one in VNI also.
fn single(seen: char) -> Option<char> {
    Some(match seen {
        'ñ' => 'đ',
        'Ñ' => 'Đ',
        'ô' => 'ơ',
        'Ô' => 'Ơ',
        'ö' => 'ư',
        'Ö' => 'Ư',
        'æ' => 'ỉ',
        'Æ' => 'Ỉ',
        'ó' => 'ĩ',
        'Ó' => 'Ĩ',
        'ò' => 'ị',
        'Ò' => 'Ị',
        'î' => 'ỵ',
        'Î' => 'Ỵ',
        _ => return None,
    })
}

/// What this mark puts on the letter before it; nothing if it is none of that letter's. The capital and the small form of a mark
/// differ in height only, and are mixed in real files.
fn marks(on: char, mark: char) -> &'static [char] {
    let on = on.to_lowercase().next().unwrap_or(on);
    let tone: &[char] = match mark {
        'ø' | 'Ø' => &[GRAVE],
        'ù' | 'Ù' => &[ACUTE],
        'û' | 'Û' => &[HOOK],
        'õ' | 'Õ' => &[TILDE],
        'ï' | 'Ï' => &[DOT],
        _ => &[],
    };
    if !tone.is_empty() {
        return if matches!(on, 'a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö') { tone } else { &[] };
    }
    let round: &[char] = match mark {
        'â' | 'Â' => &[ROUND],
        'à' | 'À' => &[ROUND, GRAVE],
        'á' | 'Á' => &[ROUND, ACUTE],
        'å' | 'Å' => &[ROUND, HOOK],
        'ã' | 'Ã' => &[ROUND, TILDE],
        'ä' | 'Ä' => &[ROUND, DOT],
        _ => &[],
    };
    if !round.is_empty() {
        return if matches!(on, 'a' | 'e' | 'o') { round } else { &[] };
    }
    match mark {
        _ if on != 'a' => &[],
        'ê' | 'Ê' => &[BREVE],
        'è' | 'È' => &[BREVE, GRAVE],
        'é' | 'É' => &[BREVE, ACUTE],
        'ú' | 'Ú' => &[BREVE, HOOK],
        'ü' | 'Ü' => &[BREVE, TILDE],
        'ë' | 'Ë' => &[BREVE, DOT],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_in_vni_fonts_are_read() {
        for (seen, meant) in [
            ("Ñoaøn", "Đoàn"),
            ("Ñoàn", "Đồn"),
            ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
            ("UÛy ban nhaân daân xaõ Beán Gaïo", "Ủy ban nhân dân xã Bến Gạo"),
            ("Uûy ban", "Ủy ban"),
            ("Lòch tieáp coâng daân", "Lịch tiếp công dân"),
            ("Ngaân haøng Chính saùch xaõ hoäi", "Ngân hàng Chính sách xã hội"),
            ("Nöôùc, ñöôøng, ngöôøi, thöûa, bôø, röôïu", "Nước, đường, người, thửa, bờ, rượu"),
            ("Ñaêk Laék, naèm, thaúng, maët, daãn, baûy, chæ, só, lyù, Myõ, î", "Đăk Lắk, nằm, thẳng, mặt, dẫn, bảy, chỉ, sĩ, lý, Mỹ, ỵ"),
            ("50 km/h – 3 × 4", "50 km/h – 3 × 4"),
        ] {
            assert_eq!(convert(seen), meant);
        }
    }

    #[test]
    fn every_letter_of_the_alphabet_has_its_way_in_vni() {
        let seen = "aø aù aû aõ aï aâ aà aá aå aã aä aê aè aé aú aü aë eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò \
                    oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î ñ";
        let meant = "à á ả ã ạ â ầ ấ ẩ ẫ ậ ă ằ ắ ẳ ẵ ặ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị \
                     ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ đ";
        assert_eq!(convert(seen), meant);
        assert_eq!(convert(&seen.to_uppercase()), meant.to_uppercase());
    }
}
