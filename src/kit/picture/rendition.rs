//! What is made of a picture: WebP for nearly everybody and JPEG for the rest, in a few widths, in the colours of
//! the web (sRGB), with nothing but pixels in it.
//!
//! None is wider than its picture. One that comes out heavier than the file it is made from is tried without loss
//! (drawings are lighter so) and at lower qualities, and left out when nothing helps; but the narrowest of each format
//! always stands, so that every browser has something to show. So what exists is not for anybody to work out: it is recorded
//! ([`names`]), and pages name what is recorded.

use std::fmt;

use fast_image_resize::{IntoImageView, ResizeOptions, Resizer};
use image::DynamicImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use moxcms::{ColorProfile, Layout, TransformOptions};

use super::{Fault, Picture};

/// Counts the ways of making renditions. A picture recorded under another number is made again in the background.
/// 1: WebP alone, at 480, 960 and 1600. 2: at 320, 480, 960 and 1600.
pub const RECIPE: i32 = 3;

/// In pixels: a card's thumb on a cheap phone, on a sharp one and on a desk, the whole width of either phone, and a desk's.
const WIDTHS: [u32; 6] = [240, 360, 480, 720, 960, 1600];
/// The first that makes a file no heavier than the original is taken.
const QUALITIES: [u8; 5] = [80, 70, 60, 50, 40];
/// The lowest makes no less than this part of what the highest does, so more than so many times too heavy is hopeless.
const HOPELESS: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Jpeg,
    WebP,
}

impl Format {
    pub const ALL: [Format; 2] = [Format::Jpeg, Format::WebP];

    pub fn mime(self) -> &'static str {
        match self {
            Format::Jpeg => "image/jpeg",
            Format::WebP => "image/webp",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::WebP => "webp",
        }
    }
}

/// One file made from a picture; its name is `960.webp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rendition {
    pub format: Format,
    pub width: u32,
}

impl fmt::Display for Rendition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.width, self.format.ending())
    }
}

impl Rendition {
    /// Only as it is written: `0960.webp` is none.
    pub fn named(name: &str) -> Option<Rendition> {
        let (width, ending) = name.split_once('.')?;
        let format = Format::ALL.into_iter().find(|format| format.ending() == ending)?;
        let rendition = Rendition { format, width: width.parse().ok()? };
        (rendition.to_string() == name).then_some(rendition)
    }
}

/// A list of renditions as it is recorded: `240.jpg 480.jpg 240.webp 480.webp`.
pub fn names(renditions: &[Rendition]) -> String {
    renditions.iter().map(Rendition::to_string).collect::<Vec<_>>().join(" ")
}

pub fn read_names(names: &str) -> Vec<Rendition> {
    let mut renditions: Vec<Rendition> = names.split_whitespace().filter_map(Rendition::named).collect();
    renditions.sort_unstable();
    renditions
}

impl Picture {
    /// Narrowest first in each format. `most` is the weight of the file it came from, in bytes.
    pub fn renditions(&self, most: usize) -> Result<Vec<(Rendition, Vec<u8>)>, Fault> {
        let mut made = Vec::new();
        for (index, width) in widths(self.width()).into_iter().enumerate() {
            let height = (u64::from(self.height()) * u64::from(width) / u64::from(self.width())).max(1) as u32;
            let resized = self.in_web_colours(resize(&self.image, width, height)?);
            for format in Format::ALL {
                let encode = |quality| match format {
                    Format::Jpeg => jpeg(&resized, quality),
                    Format::WebP => Ok(encoder(&resized).encode(f32::from(quality)).to_vec()),
                };
                let exact =
                    || (format == Format::WebP && self.mime != Format::Jpeg.mime()).then(|| encoder(&resized).encode_lossless().to_vec());
                if let Some(bytes) = within(most, index == 0, encode, exact)? {
                    made.push((Rendition { format, width }, bytes));
                }
            }
        }
        made.sort_by_key(|(rendition, _)| *rendition);
        Ok(made)
    }

    /// One JPEG no longer than this on either side: what is kept of a picture that nobody publishes.
    pub fn reduced(&self, longest: u32) -> Result<Vec<u8>, Fault> {
        let side = self.width().max(self.height());
        let part = |pixels: u32| (u64::from(pixels) * u64::from(longest.min(side)) / u64::from(side)).max(1) as u32;
        jpeg(&self.in_web_colours(resize(&self.image, part(self.width()), part(self.height()))?), QUALITIES[0])
    }

    /// A phone's wide colours read as the web's would look washed out. Done on what is small already.
    fn in_web_colours(&self, image: DynamicImage) -> DynamicImage {
        let Some(profile) = &self.profile else { return image };
        let layout = if image.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
        let transform = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default());
        let Ok(transform) = transform else { return image };
        let mut converted = DynamicImage::new(image.width(), image.height(), image.color());
        let into = match &mut converted {
            DynamicImage::ImageRgba8(buffer) => buffer.as_mut(),
            DynamicImage::ImageRgb8(buffer) => buffer.as_mut(),
            _ => return image,
        };
        if transform.transform(image.as_bytes(), into).is_err() { image } else { converted }
    }
}

fn widths(width: u32) -> Vec<u32> {
    let widest = WIDTHS[WIDTHS.len() - 1];
    WIDTHS.into_iter().filter(|known| *known < width).chain((width <= widest).then_some(width)).collect()
}

/// `exact` is what can be made without loss, where that is worth a try.
fn within(
    most: usize,
    must: bool,
    encode: impl Fn(u8) -> Result<Vec<u8>, Fault>,
    exact: impl Fn() -> Option<Vec<u8>>,
) -> Result<Option<Vec<u8>>, Fault> {
    let mut lightest = encode(QUALITIES[0])?;
    if lightest.len() <= most {
        return Ok(Some(lightest));
    }
    let is_hopeless = !must && lightest.len() > most.saturating_mul(HOPELESS);
    let rest = QUALITIES[1..].iter().filter(|_| !is_hopeless).map(|quality| encode(*quality));
    for bytes in exact().map(Ok).into_iter().chain(rest) {
        let bytes = bytes?;
        if bytes.len() <= most {
            return Ok(Some(bytes));
        }
        if bytes.len() < lightest.len() {
            lightest = bytes;
        }
    }
    Ok(Some(lightest).filter(|_| must))
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

fn encoder(image: &DynamicImage) -> webp::Encoder<'_> {
    let layout = if image.color().has_alpha() { webp::PixelLayout::Rgba } else { webp::PixelLayout::Rgb };
    webp::Encoder::new(image.as_bytes(), layout, image.width(), image.height())
}

/// Progressive, so that a slow line shows something early; what could be seen through stands on white.
fn jpeg(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, Fault> {
    let on_white: Vec<u8>;
    let pixels = match image {
        DynamicImage::ImageRgba8(image) => {
            let over = |colour: u8, alpha: u8| ((u16::from(colour) * u16::from(alpha) + 255 * u16::from(255 - alpha) + 127) / 255) as u8;
            on_white = image.pixels().flat_map(|pixel| [0, 1, 2].map(|channel| over(pixel[channel], pixel[3]))).collect();
            &on_white
        }
        image => image.as_bytes(),
    };
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| Fault::TooLarge);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(pixels, side(image.width())?, side(image.height())?, ColorType::Rgb).map_err(|_| Fault::Damaged)?;
    Ok(bytes)
}
