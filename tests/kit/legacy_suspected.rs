//! Whom the letters betray, and who is left in peace.

use bangtin::kit::legacy::{Alphabet, suspects};
use proptest::prelude::*;

use crate::{ARTICLES, SYLLABLES, seen};

#[test]
fn official_phrases_in_old_letters_are_suspected() {
    for (text, alphabet) in [
        ("Th«ng b¸o", Alphabet::Tcvn3),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", Alphabet::Tcvn3),
        ("§éc lËp - Tù do - H¹nh phóc", Alphabet::Tcvn3),
        ("ñy ban nh©n d©n x· BÕn G¹o", Alphabet::Tcvn3),
        ("Ng©n hµng ChÝnh s¸ch x· héi", Alphabet::Tcvn3),
        ("LÞch tiÕp c«ng d©n", Alphabet::Tcvn3),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", Alphabet::Vni),
        ("UÛy ban nhaân daân xaõ Beán Gaïo", Alphabet::Vni),
        ("Lòch tieáp coâng daân", Alphabet::Vni),
        ("Ngaân haøng Chính saùch xaõ hoäi", Alphabet::Vni),
    ] {
        assert_eq!(suspects(text), Some(alphabet), "{text}");
    }
}

#[test]
fn every_paragraph_in_old_letters_is_suspected() {
    for fixture in [ARTICLES, SYLLABLES] {
        for (bytes, alphabet) in [(fixture.tcvn3, Alphabet::Tcvn3), (fixture.vni, Alphabet::Vni)] {
            let lines: Vec<String> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(seen).collect();
            let missed: Vec<&String> = lines.iter().filter(|line| suspects(line) != Some(alphabet)).collect();
            println!("{alphabet:?}: {} of {} missed {missed:#?}", missed.len(), lines.len());
            assert!(missed.len() * 20 <= lines.len());
        }
    }
}

#[test]
fn nobody_is_suspected_for_writing_vietnamese() {
    for fixture in [ARTICLES, SYLLABLES] {
        for line in fixture.plain.lines() {
            assert_eq!(suspects(line), None, "{line}");
            // Pieces that hold no letter beyond Latin-1: `Thông báo`.
            for words in line.split(' ').collect::<Vec<_>>().windows(3) {
                assert_eq!(suspects(&words.join(" ")), None, "{words:?}");
            }
        }
    }
}

#[test]
fn nobody_is_suspected_for_writing_another_language_or_codes() {
    for text in [
        "The café served a naïve résumé of the entrée; Zoë's fiancé paid £5 and 3½ of them left.",
        "L'été dernier, le garçon a mangé où il pouvait; sa mère était déjà partie à l'hôtel, près de la forêt. «Noël», dit-elle, «c'est là».",
        "Né à Bé, où est né le thé de mon pré.",
        "Über die Brücke gehen ältere Männer, größer als früher; »Grüße«, sagte Frau Müller, »schöne Tür«.",
        "¿Qué tal? El niño está aquí más o menos; él y tú, sí, después del café. Mañana habrá también música.",
        "São Paulo não é a capital; o coração está em Brasília, à noite também há avós, pães e limões.",
        "Perché è così? La città è già lì, più giù; può essere caffè o tè.",
        "På en ø bor der en gammel mand; han går ned til åen, når æblerne er søde, og ser på båden.",
        "Hän näkee äidin yöllä; pää on tyhjä, työ jää tekemättä. Sää on märkä.",
        "© 2026 Công ty, ® 1999, 25 µm × 30 µm, 5 µg, 3½ m², §5, ¼, ¾, 10±2 °C, 20·3 N·m, m·s",
        "x¹y, m×n, «mot», a«b»c, ho¹ do¹ so¹",
        "Mã số 05/QĐ-UBND 2026",
        "ABC-123 é 45 kg",
        "Bénéficiaire;Montant;Né le\nJosé;12;01/02/1990\nRené;13;05/06/1991\nAndré;14;06/07/1992\nHélène;15;07/08/1993",
        "Thông báo",
        "là cô bé Hà ôm bó lá",
        "Bà Võ Hà, ông Lê Hoà, cô Trà Thanh Tâm, xã Hoà An, thông tin công khai",
        "",
    ] {
        assert_eq!(suspects(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn anything_may_be_asked_about(text in "\\PC{0,80}", seen in "[ -~\u{a0}-\u{ff}\n]{0,80}") {
        suspects(&text);
        suspects(&seen);
    }
}
