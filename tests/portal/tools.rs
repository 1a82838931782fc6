//! The reader's tools, as they are sent: what works without a script, and what the script is allowed.

use crate::folder::Folder;
use crate::portal::Portal;

const TITLE: &str = "Một & “hai” <ba>? 100% Ấ+Ỡ";

fn portal() -> Portal {
    let folder = Folder::new();
    folder.page("gioi-thieu", "Giới thiệu").article("mot", &format!("title = \"{TITLE}\""), "Thân bài.");
    Portal::with(&folder)
}

/// RFC 3986, §2.1, and nothing more: `+` is a plus in a `mailto:`.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn links_to_share_carry_title_and_address_whatever_is_in_them() {
    let portal = portal();
    for (path, address) in [("/tin/mot", "https://thu.example/tin/mot"), ("/en/tin/mot", "https://thu.example/en/tin/mot")] {
        let page = portal.get(path);
        let links = page.attributes(".share a", "href");
        assert_eq!(links.len(), 2);
        assert!(links.iter().all(|link| link.bytes().all(|byte| byte.is_ascii_graphic())), "{links:?}");
        let facebook = links[0].strip_prefix("https://www.facebook.com/sharer/sharer.php?u=").expect("the sharer");
        assert!(!facebook.contains([':', '/', '&', '?']), "{facebook}");
        assert_eq!(decoded(facebook), address);
        assert_eq!(page.attributes(".share a[rel]", "rel"), ["noreferrer"], "which also keeps the opener away (HTML, §4.6.7)");
        let mail = links[1].strip_prefix("mailto:?").expect("a letter");
        let fields: Vec<(&str, String)> =
            mail.split('&').map(|field| field.split_once('=').expect("a field")).map(|(name, value)| (name, decoded(value))).collect();
        assert_eq!(fields, [("subject", TITLE.to_owned()), ("body", address.to_owned())]);
    }
}

#[test]
fn what_needs_a_script_is_hidden_until_the_script_comes() {
    let portal = portal();
    for path in ["/tin/mot", "/trang/gioi-thieu", "/en/tin/mot"] {
        let page = portal.get(path);
        assert_eq!(page.attributes(".share button[hidden]", "value"), ["copy", "share", "print"], "{path}");
        assert_eq!(page.texts(".share button:not([hidden])").len(), 0, "{path}");
    }
}

#[test]
fn every_page_offers_its_reader_size_theme_and_contrast() {
    let portal = portal();
    for path in ["/", "/tin/mot", "/trang/gioi-thieu", "/chuyen-muc/van-hoa", "/khong-co", "/tin/mot/cam-on"] {
        let page = portal.get(path);
        assert_eq!(page.attributes(".tools [name=size]", "value"), ["", "112", "125", "150"], "{path}");
        assert_eq!(page.attributes(".tools [name=theme]", "value"), ["", "light", "dark"], "{path}");
        assert_eq!(page.attributes(".tools [name=contrast]", "value"), ["more"], "{path}");
        assert_eq!(page.attributes("script", "src").len(), 1, "{path}");
    }
}

#[test]
fn light_and_dark_by_choice_are_those_of_the_system() {
    let page = portal().get("/");
    let tokens = |opening: &str| -> Vec<String> {
        let block = page.body.split_once(opening).unwrap_or_else(|| panic!("no {opening}")).1.split('}').next().expect("a block");
        block.split(';').map(|token| token.trim().to_owned()).filter(|token| token.starts_with("--")).collect()
    };
    let (light, dark) = (tokens("\n:root {"), tokens("@media (prefers-color-scheme: dark) {\n:root {"));
    assert!(dark.len() > 5 && dark.iter().any(|token| token.starts_with("--ground:")), "{dark:?}");
    assert_eq!(tokens(":root:where([data-look~=light], :has([value=light]:checked)) {"), light);
    assert_eq!(tokens(":root:where([data-look~=dark], :has([value=dark]:checked)) {"), dark);
    assert!(!page.body.contains("@light") && !page.body.contains("@dark"));
}

#[test]
fn the_script_is_ours_small_kept_for_ever_and_never_in_the_way() {
    let portal = portal();
    let page = portal.get("/tin/mot");
    let address = page.attributes("script[async]", "src").remove(0);
    let script = portal.ask("GET", &address, &[("accept-encoding", "br")]);
    assert_eq!((script.status, script.header("content-type")), (200, "text/javascript; charset=utf-8"));
    assert_eq!((script.header("cache-control"), script.header("content-encoding")), ("public, max-age=31536000, immutable", "br"));
    assert!(script.bytes.len() <= 2048, "{} bytes", script.bytes.len());
    let policy = page.header("content-security-policy");
    for part in ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "form-action 'self'"] {
        assert!(policy.split("; ").any(|found| found == part), "{part}: {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    for inline in [" onclick=", " onload=", "javascript:", " style="] {
        assert!(!page.body.contains(inline), "{inline}");
    }
}
