//! Pictures: looked at before they are decoded, decoded within limits, turned upright, and re-encoded, which
//! drops EXIF and the place it was taken.

use std::io::Cursor;

use fast_image_resize::{IntoImageView, ResizeOptions, Resizer};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// Longest side, in pixels, and decoded size, in bytes, that are accepted.
const MAX_SIDE: u32 = 12_000;
const MAX_ALLOC: u64 = 256 * 1024 * 1024;
/// The largest picture file accepted, in bytes.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;
/// Widths of the renditions, in pixels; none is made wider than the picture itself.
const WIDTHS: [u32; 3] = [480, 960, 1600];
const QUALITY: f32 = 80.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    NotAPicture,
    TooLarge,
    Damaged,
}

pub struct Picture {
    image: DynamicImage,
    pub mime: &'static str,
}

impl Picture {
    /// Errors: `NotAPicture` when it is none of PNG, JPEG, WebP, GIF; `TooLarge` before anything is decoded;
    /// `Damaged` when it claims to be one and cannot be read.
    pub fn decode(bytes: &[u8]) -> Result<Picture, Fault> {
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Fault::NotAPicture)?;
        let mime = match reader.format() {
            Some(ImageFormat::Png) => "image/png",
            Some(ImageFormat::Jpeg) => "image/jpeg",
            Some(ImageFormat::WebP) => "image/webp",
            Some(ImageFormat::Gif) => "image/gif",
            _ => return Err(Fault::NotAPicture),
        };
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_ALLOC);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(fault)?;
        let orientation = decoder.orientation().map_err(fault)?;
        let mut image = DynamicImage::from_decoder(decoder).map_err(fault)?;
        image.apply_orientation(orientation);
        Ok(Picture { image, mime })
    }

    pub fn width(&self) -> u32 {
        self.image.width()
    }

    pub fn height(&self) -> u32 {
        self.image.height()
    }

    /// WebP files by width, narrowest first.
    pub fn renditions(&self) -> Result<Vec<(u32, Vec<u8>)>, Fault> {
        let image = if self.image.color().has_alpha() {
            DynamicImage::ImageRgba8(self.image.to_rgba8())
        } else {
            DynamicImage::ImageRgb8(self.image.to_rgb8())
        };
        widths(image.width())
            .into_iter()
            .map(|width| {
                let height = (u64::from(image.height()) * u64::from(width) / u64::from(image.width())).max(1) as u32;
                let resized = resize(&image, width, height)?;
                let layout = if resized.color().has_alpha() { webp::PixelLayout::Rgba } else { webp::PixelLayout::Rgb };
                let encoder = webp::Encoder::new(resized.as_bytes(), layout, width, height);
                Ok((width, encoder.encode(QUALITY).to_vec()))
            })
            .collect()
    }
}

/// The widths in which a picture of this width is kept.
pub fn widths(width: u32) -> Vec<u32> {
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|w| *w < width).collect();
    if widths.len() < WIDTHS.len() {
        widths.push(width);
    }
    widths
}

fn resize(image: &DynamicImage, width: u32, height: u32) -> Result<DynamicImage, Fault> {
    if image.width() == width {
        return Ok(image.clone());
    }
    let mut resized = DynamicImage::new(width, height, image.color());
    debug_assert!(image.pixel_type().is_some(), "both RGB and RGBA have a pixel type");
    Resizer::new().resize(image, &mut resized, &ResizeOptions::new()).map_err(|_| Fault::Damaged)?;
    Ok(resized)
}

fn fault(error: image::ImageError) -> Fault {
    match error {
        image::ImageError::Limits(_) => Fault::TooLarge,
        image::ImageError::Unsupported(_) => Fault::NotAPicture,
        _ => Fault::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        DynamicImage::new_rgb8(width, height).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).expect("memory takes it");
        bytes
    }

    #[test]
    fn a_rendition_is_never_wider_than_its_picture() {
        assert_eq!(widths(300), [300]);
        assert_eq!(widths(960), [480, 960]);
        assert_eq!(widths(4000), [480, 960, 1600]);
        let made = Picture::decode(&png(1000, 10)).and_then(|picture| picture.renditions()).expect("a sound picture");
        let sizes: Vec<u32> = made.iter().map(|(_, bytes)| Picture::decode(bytes).map_or(0, |p| p.width())).collect();
        assert_eq!(sizes, [480, 960, 1000]);
    }

    #[test]
    fn what_is_no_picture_or_is_cut_off_is_refused() {
        assert_eq!(Picture::decode(b"<svg onload=alert(1)>").err(), Some(Fault::NotAPicture));
        let whole = png(64, 64);
        assert_eq!(Picture::decode(&whole[..whole.len() / 2]).err(), Some(Fault::Damaged));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        // The header claims 60,000 × 60,000; nothing follows that could be unpacked.
        let mut bomb = png(1, 1);
        bomb[16..20].copy_from_slice(&60_000u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000u32.to_be_bytes());
        assert!(matches!(Picture::decode(&bomb).err(), Some(Fault::TooLarge | Fault::Damaged)));
    }
}
