//! Pictures: looked at before they are decoded, decoded within limits, turned upright, and re-encoded, which
//! drops EXIF and the place it was taken. Of an animation only the first frame is kept.

mod rendition;
mod sound;

use std::io::Cursor;

use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

pub use rendition::{Format, RECIPE, Rendition, names, read_names};
pub use sound::is_bare_jpeg;

/// Longest side, in pixels, and decoded size, in bytes, that are accepted.
const MAX_SIDE: u32 = 12_000;
const MAX_ALLOC: u64 = 256 * 1024 * 1024;
/// The largest picture file accepted, in bytes.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    NotAPicture,
    TooLarge,
    /// It ends before its format says that it does.
    CutOff,
    /// Behind the picture stands something that a machine could take for a program, an archive or a page.
    Disguised,
    Damaged,
}

pub struct Picture {
    /// RGB, or RGBA when anything of it can be seen through; 8 bits a channel.
    image: DynamicImage,
    /// The colours it was given in, when they are not those of the web.
    profile: Option<Box<moxcms::ColorProfile>>,
    pub mime: &'static str,
}

impl Picture {
    /// Errors: `NotAPicture` when it is none of PNG, JPEG, WebP, GIF; `CutOff`, `Disguised` and `TooLarge` before
    /// anything is decoded; `Damaged` when it claims to be one and cannot be read.
    pub fn decode(bytes: &[u8]) -> Result<Picture, Fault> {
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Fault::NotAPicture)?;
        let (mime, end) = match reader.format() {
            Some(ImageFormat::Png) => ("image/png", sound::png_end(bytes)),
            Some(ImageFormat::Jpeg) => ("image/jpeg", sound::jpeg_end(bytes)),
            Some(ImageFormat::WebP) => ("image/webp", sound::webp_end(bytes)),
            Some(ImageFormat::Gif) => ("image/gif", sound::gif_end(bytes)),
            _ => return Err(Fault::NotAPicture),
        };
        let tail = end.and_then(|end| bytes.get(end..)).ok_or(Fault::CutOff)?;
        if sound::is_disguise(tail) {
            return Err(Fault::Disguised);
        }
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_ALLOC);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(fault)?;
        let (width, height) = decoder.dimensions();
        // The header alone says this; what a decoder allots for the whole picture is not held to its limits.
        if width.max(height) > MAX_SIDE || decoder.total_bytes() > MAX_ALLOC {
            return Err(Fault::TooLarge);
        }
        let orientation = decoder.orientation().map_err(fault)?;
        let profile = decoder.icc_profile().ok().flatten().and_then(|bytes| profile(&bytes, decoder.color_type()));
        let mut image = opaque(DynamicImage::from_decoder(decoder).map_err(fault)?);
        image.apply_orientation(orientation);
        Ok(Picture { image, profile, mime })
    }

    pub fn width(&self) -> u32 {
        self.image.width()
    }

    pub fn height(&self) -> u32 {
        self.image.height()
    }
}

/// A profile that is broken or of another kind than its picture is passed over, as browsers do.
fn profile(bytes: &[u8], colours: ColorType) -> Option<Box<moxcms::ColorProfile>> {
    let profile = moxcms::ColorProfile::new_from_slice(bytes).ok()?;
    (colours.has_color() && profile.color_space == moxcms::DataColorSpace::Rgb).then(|| Box::new(profile))
}

fn opaque(image: DynamicImage) -> DynamicImage {
    if image.color().has_alpha() {
        let image = image.into_rgba8();
        if image.pixels().any(|pixel| pixel[3] < u8::MAX) {
            return DynamicImage::ImageRgba8(image);
        }
        return DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(image).into_rgb8());
    }
    DynamicImage::ImageRgb8(image.into_rgb8())
}

fn fault(error: image::ImageError) -> Fault {
    match error {
        image::ImageError::Limits(_) => Fault::TooLarge,
        image::ImageError::Unsupported(_) => Fault::NotAPicture,
        _ => Fault::Damaged,
    }
}

#[cfg(test)]
mod tests;
