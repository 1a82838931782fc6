//! What is accepted, what is made of it, and what no bytes may bring about.

use image::{Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

fn encoded(image: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write_to(&mut Cursor::new(&mut bytes), format).expect("memory takes it");
    bytes
}

fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(DynamicImage::new_rgb8(width, height), ImageFormat::Png)
}

/// Something of a photograph: slopes with grain on them.
fn photo(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        let grain = (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729)) % 23;
        Rgb([(x * 200 / width + grain) as u8, (y * 200 / height + grain) as u8, (90 + grain) as u8])
    }))
}

fn made(bytes: &[u8]) -> Vec<(Rendition, Vec<u8>)> {
    Picture::decode(bytes).and_then(|picture| picture.renditions(bytes.len())).expect("a sound picture")
}

fn in_all_formats(width: u32, height: u32) -> Vec<Vec<u8>> {
    [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP].map(|format| encoded(photo(width, height), format)).to_vec()
}

#[test]
fn renditions_are_made_in_both_formats_and_never_wider_than_their_picture() {
    let whole = encoded(photo(1000, 40), ImageFormat::Png);
    let made = made(&whole);
    assert_eq!(
        names(&made.iter().map(|(rendition, _)| *rendition).collect::<Vec<_>>()),
        "240.jpg 360.jpg 480.jpg 720.jpg 960.jpg 1000.jpg 240.webp 360.webp 480.webp 720.webp 960.webp 1000.webp"
    );
    for (rendition, bytes) in &made {
        let picture = Picture::decode(bytes).expect("what is made is sound");
        assert_eq!((picture.width(), picture.mime), (rendition.width, rendition.format.mime()), "{rendition}");
    }
}

#[test]
fn a_rendition_that_would_be_heavier_than_its_original_is_left_out_but_for_the_narrowest() {
    // One colour packs into next to nothing as PNG, at any width.
    let whole = png(1600, 900);
    let made = made(&whole);
    assert!(made.iter().all(|(rendition, bytes)| rendition.width == 240 || bytes.len() <= whole.len()));
    for format in Format::ALL {
        assert!(made.iter().any(|(rendition, _)| *rendition == Rendition { format, width: 240 }));
    }
    // A JPEG that was packed hard already: a lower quality serves before a width is given up.
    let mut hard = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut hard, 35);
    photo(640, 480).write_with_encoder(encoder).expect("memory takes it");
    let made = self::made(&hard);
    assert!(made.iter().any(|(rendition, _)| rendition.width == 640), "{}", made.len());
    assert!(made.iter().all(|(_, bytes)| bytes.len() <= hard.len()));
}

#[test]
fn a_drawing_that_is_light_as_png_keeps_its_widths_in_webp() {
    // Few colours and hard edges: what lossy packing is worst at.
    let drawing = RgbImage::from_fn(1600, 900, |x, y| {
        let (tile, edge) = ((x / 40 + y / 36) % 4, x % 40 < 3 || y % 36 < 3);
        Rgb(if edge { [20, 30, 40] } else { [[200, 40, 30], [30, 140, 60], [240, 220, 90], [250, 250, 250]][tile as usize] })
    });
    let whole = encoded(DynamicImage::ImageRgb8(drawing), ImageFormat::Png);
    let made = made(&whole);
    let (_, bytes) =
        made.iter().find(|(rendition, _)| *rendition == Rendition { format: Format::WebP, width: 1600 }).expect("its own width");
    assert!(bytes.len() <= whole.len());
}

#[test]
fn only_a_name_as_it_is_written_is_the_name_of_a_rendition() {
    assert_eq!(Rendition::named("960.webp"), Some(Rendition { format: Format::WebP, width: 960 }));
    for wrong in ["0960.webp", "+960.webp", "960.WEBP", "960.jpeg", "960", ".webp", "960.webp ", "99999999999.jpg", "", "-1.jpg"] {
        assert_eq!(Rendition::named(wrong), None, "{wrong}");
    }
    assert_eq!(names(&read_names("480.webp x 320.jpg ../a 960.webp")), "320.jpg 480.webp 960.webp");
}

#[test]
fn what_can_be_seen_through_stands_on_white_in_jpeg_and_stays_as_it_is_in_webp() {
    let clear = RgbaImage::from_fn(64, 64, |x, _| if x < 32 { Rgba([0, 0, 0, 0]) } else { Rgba([200, 0, 0, 255]) });
    let made = made(&encoded(DynamicImage::ImageRgba8(clear), ImageFormat::Png));
    let of = |format| {
        let (_, bytes) = made.iter().find(|(rendition, _)| rendition.format == format).expect("both are there");
        image::load_from_memory(bytes).expect("it can be read").into_rgba8()
    };
    let [jpeg, webp] = [of(Format::Jpeg), of(Format::WebP)].map(|image| *image.get_pixel(8, 32));
    assert!(jpeg.0.iter().all(|channel| *channel > 245), "{jpeg:?}");
    assert_eq!(webp[3], 0);
}

#[test]
fn a_picture_is_turned_upright_and_forgets_where_it_was_taken() {
    // EXIF: orientation 6 (turn right), and a maker's note in plain text.
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x01\x0f\0\x02\0\0\0\x04".to_vec();
    exif.extend(b"GPS\0\0\0\0\0");
    let plain = encoded(photo(120, 80), ImageFormat::Jpeg);
    let mut whole = plain[..2].to_vec();
    whole.extend([0xff, 0xe1]);
    whole.extend((exif.len() as u16 + 2).to_be_bytes());
    whole.extend(&exif);
    whole.extend(&plain[2..]);
    let picture = Picture::decode(&whole).expect("a sound picture");
    assert_eq!((picture.width(), picture.height()), (80, 120));
    for (rendition, bytes) in made(&whole) {
        assert!(!bytes.windows(4).any(|window| window == b"Exif" || window == b"GPS\0"), "{rendition}");
    }
}

#[test]
fn wide_colours_are_brought_to_those_of_the_web() {
    let wide = moxcms::ColorProfile::new_display_p3().encode().expect("a profile");
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    encoder.add_icc_profile(&wide).expect("it fits");
    let pixels: Vec<u8> = [200_u8, 80, 60].repeat(64 * 64);
    encoder.encode(&pixels, 64, 64, jpeg_encoder::ColorType::Rgb).expect("memory takes it");
    for (rendition, bytes) in made(&bytes) {
        let middle = *image::load_from_memory(&bytes).expect("it can be read").into_rgb8().get_pixel(32, 32);
        // The same red needs more of sRGB's narrower red, and less of its green and blue.
        assert!(middle[0] > 208 && middle[1] < 78, "{rendition}: {middle:?}");
    }
}

#[test]
fn of_an_animation_the_first_frame_is_kept() {
    let mut bytes = Vec::new();
    {
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
        for colour in [[250, 0, 0, 255], [0, 0, 250, 255]] {
            encoder.encode_frame(image::Frame::new(RgbaImage::from_pixel(40, 40, Rgba(colour)))).expect("memory takes it");
        }
    }
    let (_, jpeg) = made(&bytes).remove(0);
    let middle = *image::load_from_memory(&jpeg).expect("it can be read").into_rgb8().get_pixel(20, 20);
    assert!(middle[0] > 200 && middle[2] < 60, "{middle:?}");
}

#[test]
fn what_is_no_picture_or_is_cut_off_is_refused() {
    assert_eq!(Picture::decode(b"<svg onload=alert(1)>").err(), Some(Fault::NotAPicture));
    for whole in in_all_formats(64, 64) {
        assert!(Picture::decode(&whole).is_ok());
        for length in [whole.len() / 2, whole.len() - 1] {
            assert_eq!(Picture::decode(&whole[..length]).err(), Some(Fault::CutOff));
        }
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    // The header claims this much; nothing follows that could be unpacked.
    for (width, height) in [(60_000_u32, 60_000_u32), (12_001, 1), (11_000, 11_000)] {
        let mut bomb = png(1, 1);
        bomb[16..20].copy_from_slice(&width.to_be_bytes());
        bomb[20..24].copy_from_slice(&height.to_be_bytes());
        let mut sum = flate_crc(&bomb[12..29]).to_be_bytes();
        bomb[29..33].swap_with_slice(&mut sum);
        assert_eq!(Picture::decode(&bomb).err(), Some(Fault::TooLarge), "{width} × {height}");
    }
}

/// PNG's checksum (ISO 3309).
fn flate_crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

#[test]
fn a_picture_in_front_of_something_else_is_refused_and_a_phone_s_own_tail_is_not() {
    let disguises: [&[u8]; 8] = [
        b"PK\x03\x04\x14\0\0\0",
        b"\0\0\n%PDF-1.7",
        b"\r\n<HTML><body>",
        b"notes <ScRiPt>alert(1)</script>",
        b"MZ\x90\0",
        b"<?php system($_GET[0]); ?>",
        b"stored PK\x05\x06\0\0",
        b"\x7fELF\x02",
    ];
    for whole in in_all_formats(64, 64) {
        for disguise in disguises {
            let both = [&whole[..], disguise].concat();
            assert_eq!(Picture::decode(&both).err(), Some(Fault::Disguised), "{}", String::from_utf8_lossy(disguise));
            let before = [disguise, &whole[..]].concat();
            assert_eq!(Picture::decode(&before).err(), Some(Fault::NotAPicture));
        }
        for tail in [&b"\0\0\0\x18ftypmp42 a short film MZ PK"[..], b"SEFH\x6b\0\0\0Image_UTC_Data1700000000", b"\0\0\0\0"] {
            assert!(Picture::decode(&[&whole[..], tail].concat()).is_ok(), "{}", String::from_utf8_lossy(tail));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_the_decoder(kind in 0..4_usize, at in 0..4096_usize, noise in proptest::collection::vec(any::<u8>(), 1..64)) {
        // Pure noise ends at the first look; noise inside a sound file goes deep.
        let mut bytes = in_all_formats(24, 24).swap_remove(kind);
        let at = at % bytes.len();
        for (index, byte) in noise.iter().enumerate() {
            if let Some(place) = bytes.get_mut(at + index) {
                *place = *byte;
            }
        }
        for bytes in [&bytes, &noise] {
            if let Ok(picture) = Picture::decode(bytes) {
                prop_assert!(picture.renditions(bytes.len()).is_ok());
            }
        }
    }

    #[test]
    fn a_piece_of_a_picture_is_refused(kind in 0..4_usize, length in 0..4096_usize) {
        let whole = in_all_formats(24, 24).swap_remove(kind);
        prop_assert!(Picture::decode(&whole[..length % whole.len()]).is_err());
    }

}

proptest! {
    // Each case makes up to ten files.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_rendition_but_the_narrowest_is_bigger_than_its_original(kind in 0..4_usize, width in 1..700_u32, height in 1..90_u32) {
        let whole = in_all_formats(width, height).swap_remove(kind);
        let made = made(&whole);
        let narrowest = made.iter().map(|(rendition, _)| rendition.width).min();
        for (rendition, bytes) in &made {
            prop_assert!(bytes.len() <= whole.len() || Some(rendition.width) == narrowest, "{} of {}", bytes.len(), whole.len());
            prop_assert!(rendition.width <= width);
        }
        for format in Format::ALL {
            prop_assert!(made.iter().any(|(rendition, _)| rendition.format == format));
        }
    }
}
