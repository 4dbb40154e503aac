//! Makes the addresses of links and images absolute, and keeps dangerous ones out.

/// What relative addresses are relative to.
#[derive(Debug, Clone, Default)]
pub(super) struct Base {
    /// `https://host` of the base, if there is one.
    origin: String,
    /// The folder of the base's path, with its last `/`.
    folder: String,
    /// The page's own address without a fragment.
    page: String,
}

impl Base {
    /// The base of a page with an address of its own and a `<base href>`.
    pub fn new(page: Option<&str>, href: Option<&str>) -> Self {
        let page = page.unwrap_or_default().trim();
        let page = page.split('#').next().unwrap_or_default();
        let own = Self { page: page.to_string(), ..Self::of(page) };
        match href.and_then(|href| own.resolve(href)) {
            Some(base) => Self { page: own.page, ..Self::of(&base) },
            None => own,
        }
    }

    fn of(address: &str) -> Self {
        let Some((scheme, rest)) = address.split_once("://").filter(|(scheme, _)| is_web(scheme))
        else {
            // A `<base>` may tell the folder where nothing tells the host.
            let folder = address.rfind('/').filter(|_| address.starts_with('/'));
            let folder = folder.map_or_else(String::new, |slash| address[..=slash].to_string());
            return Self { folder, ..Self::default() };
        };
        let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
        let origin = format!("{}://{host}", scheme.to_ascii_lowercase());
        Self { origin, folder: folder.to_string(), page: String::new() }
    }

    /// The absolute address, or the relative one where there is no base; `None` where it is empty,
    /// leads to a place within a page that has no address, or is neither of the web nor of mail or
    /// telephone.
    pub fn resolve(&self, address: &str) -> Option<String> {
        // Browsers take tabs and line ends out of addresses, and so `java\nscript:` runs.
        let address: String =
            address.trim_matches(|c: char| c <= ' ').chars().filter(|c| !c.is_control()).collect();
        if address.is_empty() {
            return None;
        }
        if let Some(scheme) = scheme(&address) {
            if is_web(scheme) {
                // Browsers read any number of slashes here, but there must be a host behind them.
                let rest = address[scheme.len() + 1..].trim_start_matches(['/', '\\']);
                let hosted = !rest.is_empty() && !rest.starts_with(['?', '#']);
                return hosted.then(|| format!("{scheme}://{rest}"));
            }
            let known = ["mailto", "tel"];
            return known.iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(address);
        }
        let address = address.replace('\\', "/");
        if address.starts_with('#') {
            return (!self.page.is_empty()).then(|| format!("{}{address}", self.page));
        }
        if self.origin.is_empty() {
            return Some(match address.strip_prefix("//") {
                Some(rest) => format!("https://{rest}"),
                None if self.folder.is_empty() || address.starts_with('/') => address,
                None => normal(&format!("{}{address}", self.folder)),
            });
        }
        Some(match address.strip_prefix("//") {
            Some(rest) => {
                let scheme = self.origin.split(':').next().unwrap_or("https");
                format!("{scheme}://{rest}")
            }
            None if address.starts_with('/') => format!("{}{}", self.origin, normal(&address)),
            None if address.starts_with('?') && !self.page.is_empty() => {
                let page = self.page.split('?').next().unwrap_or_default();
                format!("{page}{address}")
            }
            None => format!("{}{}", self.origin, normal(&format!("{}{address}", self.folder))),
        })
    }
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// The scheme of an address (RFC 3986, section 3.1).
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut chars = scheme.chars();
    let valid = chars.next()?.is_ascii_alphabetic()
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    // A colon behind the first `/` belongs to the path; before it, what is not a scheme we know is
    // not trusted either.
    let path = scheme.contains(['/', '?', '#']);
    (valid || !path).then_some(scheme)
}

/// A path without `.` and `..`.
fn normal(address: &str) -> String {
    let (path, rest) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let mut parts: Vec<&str> = Vec::new();
    let mut parts_in = path.split('/').skip(1).peekable();
    while let Some(part) = parts_in.next() {
        let last = parts_in.peek().is_none();
        match part {
            "." | ".." => {
                if part == ".." {
                    parts.pop();
                }
                if last {
                    parts.push("");
                }
            }
            part => parts.push(part),
        }
    }
    format!("/{}{rest}", parts.join("/"))
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
            ("HTTP://b.example", "HTTP://b.example"),
            ("https:/b.example/c", "https://b.example/c"),
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
    }
}
