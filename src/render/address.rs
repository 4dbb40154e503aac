//! Makes the addresses of links and images absolute, and keeps dangerous ones out.

use crate::BaseUrl;

/// Longer addresses, in bytes, are left out: they carry data, and a page of strangers could grow
/// its answer with them. Servers and browsers agree on less (RFC 9110 asks for 8,000).
const MAX_ADDRESS: usize = 4_096;
/// A longer base, in bytes, is left out: each relative link would repeat it.
const MAX_BASE: usize = 512;

/// Stands for the host where a `<base>` tells the folder and nothing tells the host.
const NO_HOST: &str = "http://host.invalid";

/// What relative addresses are relative to.
#[derive(Debug, Clone, Default)]
pub(super) struct Base {
    url: BaseUrl,
    /// Whether the host is [`NO_HOST`].
    hostless: bool,
}

impl Base {
    /// The base of a page with an address of its own and a `<base href>`.
    pub fn new(page: Option<&str>, href: Option<&str>) -> Self {
        let short = |address: &&str| address.len() <= MAX_BASE;
        let (page, href) = (page.filter(short), href.filter(short));
        let url = BaseUrl::new(page, href);
        match href.filter(|href| url.host().is_none() && href.starts_with('/')) {
            Some(folder) => Self { url: BaseUrl::new(Some(NO_HOST), Some(folder)), hostless: true },
            None => Self { url, hostless: false },
        }
    }

    /// The bytes that it adds to a relative address, at most.
    pub fn len(&self) -> usize {
        self.url.len()
    }

    /// The absolute address, or the relative one where there is no base; `None` where it is empty
    /// or too long, leads to a place within a page that has no address, or is neither of the web
    /// nor of mail or telephone.
    pub fn resolve(&self, address: &str) -> Option<String> {
        if address.len() > MAX_ADDRESS {
            return None;
        }
        if let Some(absolute) = self.url.resolve(address) {
            return match absolute.strip_prefix(NO_HOST).filter(|_| self.hostless) {
                Some(path) => (!address.trim().starts_with('#')).then(|| path.to_string()),
                None => Some(absolute),
            };
        }
        // Browsers take tabs and line ends out of addresses, and so `java\nscript:` runs.
        let address: String =
            address.trim_matches(|c: char| c <= ' ').chars().filter(|c| !c.is_control()).collect();
        if address.is_empty() || address.starts_with('#') {
            return None;
        }
        match address.split_once(':') {
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("tel") => Some(address),
            // Two slashes promise a host, and there is none.
            _ if address.strip_prefix(is_slash).is_some_and(|rest| rest.starts_with(is_slash)) => {
                None
            }
            // A colon behind the first `/` belongs to the path; before it, what is not a scheme we
            // know is not trusted either.
            Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => None,
            _ => Some(address.replace('\\', "/")),
        }
    }
}

/// Browsers read both as one.
fn is_slash(c: char) -> bool {
    matches!(c, '/' | '\\')
}

#[cfg(test)]
mod tests {
    use super::Base;

    #[test]
    fn relative_addresses_become_absolute() {
        let base = Base::new(Some("https://a.example/x/y.html?q=1#z"), None);
        let cases = [
            ("b", "https://a.example/x/b"),
            ("./b/../c?d=../e", "https://a.example/x/c?d=../e"),
            ("../../..", "https://a.example/"),
            ("/b", "https://a.example/b"),
            ("//b.example/c", "https://b.example/c"),
            ("#top", "https://a.example/x/y.html?q=1#top"),
            ("?p=2", "https://a.example/x/y.html?p=2"),
            ("HTTP://b.example", "http://b.example/"),
            ("https:/b.example/c", "https://b.example/c"),
            ("tel:+1 23", "tel:+1 23"),
            ("mailto:a@b.example", "mailto:a@b.example"),
        ];
        for (address, absolute) in cases {
            assert_eq!(base.resolve(address).as_deref(), Some(absolute), "{address}");
        }
    }

    #[test]
    fn addresses_that_run_code_are_refused() {
        let base = Base::new(Some("https://a.example/"), None);
        for bad in [
            "http:?a=b",
            "https://",
            "javascript:alert(1)",
            " java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "",
        ] {
            assert_eq!(base.resolve(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_base_element_goes_before_the_page() {
        let base = Base::new(Some("https://a.example/x/"), Some("/img/"));
        assert_eq!(base.resolve("b.png").as_deref(), Some("https://a.example/img/b.png"));
        let base = Base::new(None, Some("https://c.example/d/e"));
        assert_eq!(base.resolve("b.png").as_deref(), Some("https://c.example/d/b.png"));
    }

    #[test]
    fn without_a_base_an_address_stays_as_it_is() {
        let base = Base::new(None, None);
        assert_eq!(base.resolve("a/b").as_deref(), Some("a/b"));
        assert_eq!(base.resolve("#top"), None);
        for bad in ["//", "//:0", "/\\", "\\/:0/x"] {
            assert_eq!(base.resolve(bad), None, "{bad}");
        }
    }

    #[test]
    fn addresses_that_are_too_long_are_left_out() {
        let long = "x".repeat(5_000);
        let base = Base::new(Some("https://a.example/"), Some(&format!("https://{long}.example/")));
        assert_eq!(base.resolve("b").as_deref(), Some("https://a.example/b"));
        assert_eq!(base.resolve(&long), None);
    }
}
