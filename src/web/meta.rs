//! What a page tells machines of itself: Open Graph (ogp.me), Dublin Core (ISO 15836; the elements that Vietnamese
//! portals were told to carry by Circular 24/2011/TT-BTTTT) and schema.org as JSON-LD 1.1. What is said of an article
//! or a unit is said by its own noun.

use serde::Serialize;

use super::answer::Reading;
use super::site::Site;
use super::view::{Link, Page};
use crate::kit::refusal::Refusal;

#[derive(Clone, Debug, Default, Serialize)]
pub struct Meta {
    /// The share card's absolute address.
    pub card: String,
    /// Of the text; empty where it is the page's.
    pub language: &'static str,
    /// Set for a text that was published; what is below may be set for any page.
    pub published: String,
    pub modified: String,
    pub date: String,
    pub creator: String,
    pub subject: String,
    pub coverage: String,
    pub source: String,
    /// JSON that may stand inside a script element.
    pub graph: String,
}

/// The statements of one page, in one `@graph`.
#[derive(Debug, Default)]
pub struct Graph(Vec<String>);

impl Graph {
    pub fn add<T: Serialize>(&mut self, node: &T) -> Result<(), Refusal> {
        self.0.push(serde_json::to_string(node).map_err(Refusal::broken)?);
        Ok(())
    }

    /// No text in it can end the script element or begin a comment there (HTML, §4.12.1.3).
    pub fn text(&self) -> String {
        format!("{{\"@context\":\"https://schema.org\",\"@graph\":[{}]}}", self.0.join(",")).replace('<', "\\u003c")
    }
}

/// A node said elsewhere in the graph.
#[derive(Debug, Serialize)]
pub struct Ref {
    #[serde(rename = "@id")]
    pub id: String,
}

/// Who answers for the site.
#[derive(Debug, Serialize)]
pub struct Office<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    name: &'a str,
    url: String,
    logo: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    address: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    telephone: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    email: &'a str,
}

impl Office<'_> {
    pub fn new(site: &Site) -> Office<'_> {
        Office {
            kind: "GovernmentOrganization",
            id: Office::id(site).id,
            name: if site.owner.is_empty() { &site.name } else { &site.owner },
            url: format!("{}/", site.address),
            logo: format!("{}/static/icon.svg", site.address),
            address: "",
            telephone: "",
            email: "",
        }
    }

    /// With the ways to reach it.
    pub fn in_full(site: &Site) -> Office<'_> {
        let contact = &site.contact;
        Office { address: &contact.address, telephone: &contact.phone, email: &contact.email, ..Office::new(site) }
    }

    pub fn id(site: &Site) -> Ref {
        Ref { id: format!("{}/#owner", site.address) }
    }
}

/// A page that is no text of its own: `CollectionPage`, `AboutPage`, …, and the `WebSite` itself.
#[derive(Debug, Serialize)]
pub struct WebPage<'a, T: Serialize> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    url: &'a str,
    #[serde(rename = "inLanguage")]
    language: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Ref>,
}

impl<'a, T: Serialize> WebPage<'a, T> {
    pub fn new(kind: &'static str, reading: &Reading, page: &'a Page, about: Option<T>) -> WebPage<'a, T> {
        WebPage {
            kind,
            name: &page.title,
            description: &page.description,
            url: &page.canonical,
            language: reading.lang.tag(),
            about,
            publisher: None,
        }
    }

    /// Who answers for it.
    pub fn published_by(self, publisher: Ref) -> WebPage<'a, T> {
        WebPage { publisher: Some(publisher), ..self }
    }
}

#[derive(Debug, Serialize)]
pub struct Breadcrumbs<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<Crumb<'a>>,
}

#[derive(Debug, Serialize)]
struct Crumb<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    item: String,
}

impl<'a> Breadcrumbs<'a> {
    /// The way that the page shows, and the page at its end.
    pub fn new(reading: &Reading, page: &'a Page) -> Breadcrumbs<'a> {
        let absolute = |link: &Link| format!("{}{}{}", reading.face.site.address, reading.lang.base(), link.path);
        let way = page.crumbs.iter().map(|link| (link.name.as_str(), absolute(link)));
        let here = std::iter::once((page.title.as_str(), page.canonical.clone()));
        let items = way.chain(here).enumerate();
        Breadcrumbs {
            kind: "BreadcrumbList",
            items: items.map(|(index, (name, item))| Crumb { kind: "ListItem", position: index + 1, name, item }).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script_that_holds_it() {
        let mut graph = Graph::default();
        let hostile = "</script><!-- \"\\ \u{0} \u{2028} 🎉";
        graph.add(&hostile).expect("text is JSON");
        let text = graph.text();
        assert!(!text.contains('<'), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).expect("still JSON");
        assert_eq!(read["@graph"][0], hostile);
    }
}
