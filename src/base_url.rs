//! Absolute addresses from relative ones (RFC 3986, section 5).
//!
//! The whole of the URL Standard would cost seven crates without international host names and
//! twenty-eight with them; what an extractor needs of it is this.

use std::borrow::Cow;

/// What the relative links of a page are relative to.
///
/// ```
/// use dehusk::BaseUrl;
/// let base = BaseUrl::new(Some("https://tea.example/guides/green.html"), None);
/// assert_eq!(base.resolve("../img/a b.png").as_deref(), Some("https://tea.example/img/a%20b.png"));
/// assert_eq!(base.resolve("javascript:alert(1)"), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BaseUrl {
    base: Option<Parts>,
}

/// An absolute web address, cut at its joints.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    scheme: &'static str,
    authority: String,
    path: String,
    query: String,
}

impl BaseUrl {
    /// The base of a page: its `<base href>` if it has one, resolved against its own address.
    ///
    /// Anything that is not an `http` or `https` address counts as not given.
    ///
    /// ```
    /// use dehusk::BaseUrl;
    /// let base = BaseUrl::new(Some("https://tea.example/green/how"), Some("/black/"));
    /// assert_eq!(base.resolve("cup").as_deref(), Some("https://tea.example/black/cup"));
    /// ```
    pub fn new(page_url: Option<&str>, base_href: Option<&str>) -> Self {
        let page = Self { base: page_url.and_then(Parts::of) };
        match base_href.and_then(|href| page.resolve(href)).as_deref().and_then(Parts::of) {
            Some(base) => Self { base: Some(base) },
            None => page,
        }
    }

    /// The host of the base in lower case, without port and user.
    ///
    /// ```
    /// use dehusk::BaseUrl;
    /// let base = BaseUrl::new(Some("https://me@Tea.Example:8443/x"), None);
    /// assert_eq!(base.host(), Some("tea.example"));
    /// ```
    pub fn host(&self) -> Option<&str> {
        self.base.as_ref().map(Parts::host)
    }

    /// The path of the base, with its first `/`; empty without a base.
    ///
    /// ```
    /// use dehusk::BaseUrl;
    /// assert_eq!(BaseUrl::new(Some("https://tea.example/green?hot"), None).path(), "/green");
    /// ```
    pub fn path(&self) -> &str {
        self.base.as_ref().map_or("", |base| &base.path)
    }

    /// The bytes of the base.
    pub(crate) fn len(&self) -> usize {
        self.base.as_ref().map_or(0, |base| base.join("").len())
    }

    /// The absolute address of a link.
    ///
    /// `None` for an empty link, for a relative one where there is no base, and for schemes other
    /// than `http`, `https` and `mailto`. Tabs and line ends are taken out and spaces written as
    /// `%20`, as browsers do.
    ///
    /// ```
    /// use dehusk::BaseUrl;
    /// let base = BaseUrl::new(Some("https://tea.example/green/how"), None);
    /// assert_eq!(base.resolve("../cup one").as_deref(), Some("https://tea.example/cup%20one"));
    /// assert_eq!(base.resolve("javascript:go()"), None);
    /// ```
    pub fn resolve(&self, href: &str) -> Option<String> {
        let href = tidy(href);
        if href.is_empty() {
            return None;
        }
        if let Some((scheme, rest)) = split_scheme(&href) {
            return match scheme.to_ascii_lowercase().as_str() {
                "mailto" if rest.contains('@') => Some(format!("mailto:{rest}")),
                "http" | "https" => Parts::of(&href).map(|parts| parts.join(fragment(&href))),
                _ => None,
            };
        }
        let base = self.base.as_ref();
        if href.starts_with("//") || href.starts_with("\\\\") {
            let scheme = base.map_or("https", |base| base.scheme);
            let href = format!("{scheme}:{href}");
            return Parts::of(&href).map(|parts| parts.join(fragment(&href)));
        }
        let base = base?;
        let (path, query) = split_path(&href);
        let merged = match path.as_bytes().first() {
            None => {
                let query = if query.is_empty() { base.query.clone() } else { query.to_string() };
                Parts { query, ..base.clone() }
            }
            Some(b'/' | b'\\') => {
                Parts { path: without_dots(path), query: query.to_string(), ..base.clone() }
            }
            Some(_) => {
                let folder = base.path.rfind('/').map_or("/", |slash| &base.path[..=slash]);
                let path = without_dots(&format!("{folder}{path}"));
                Parts { path, query: query.to_string(), ..base.clone() }
            }
        };
        Some(merged.join(fragment(&href)))
    }
}

impl Parts {
    fn of(address: &str) -> Option<Self> {
        let address = tidy(address);
        let (scheme, rest) = split_scheme(&address)?;
        let scheme = ["https", "http"].into_iter().find(|s| scheme.eq_ignore_ascii_case(s))?;
        let rest = rest.trim_start_matches(['/', '\\']);
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let (path, query) = split_path(rest);
        let parts = Self {
            scheme,
            authority: authority.to_ascii_lowercase(),
            path: without_dots(path),
            query: query.to_string(),
        };
        let bad = |c: char| matches!(c, '<' | '>' | '"' | '%' | ' ' | '\'' | '(' | ')');
        (!parts.host().is_empty() && !parts.authority.contains(bad)).then_some(parts)
    }

    fn host(&self) -> &str {
        let host = self.authority.rsplit('@').next().unwrap_or_default();
        match host.rfind(']') {
            Some(end) => &host[..=end],
            None => host.split(':').next().unwrap_or_default(),
        }
    }

    fn join(&self, fragment: &str) -> String {
        format!("{}://{}{}{}{fragment}", self.scheme, self.authority, self.path, self.query)
    }
}

/// Without what browsers take out, and with what they escape.
fn tidy(href: &str) -> Cow<'_, str> {
    let href = href.trim_matches(|c: char| c <= ' ');
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"');
    if href.bytes().all(is_plain) {
        return Cow::Borrowed(href);
    }
    let mut out = String::with_capacity(href.len());
    for c in href.chars() {
        match c {
            c if c.is_control() => {}
            ' ' => out.push_str("%20"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '"' => out.push_str("%22"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The scheme of an address and what follows its colon.
fn split_scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let mut chars = scheme.chars();
    let valid = chars.next()?.is_ascii_alphabetic()
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then_some((scheme, rest))
}

/// The path and the query (with its `?`) of an address without authority.
fn split_path(address: &str) -> (&str, &str) {
    let address = &address[..address.find('#').unwrap_or(address.len())];
    address.split_at(address.find('?').unwrap_or(address.len()))
}

fn fragment(address: &str) -> &str {
    address.find('#').map_or("", |at| &address[at..])
}

/// A path that begins with `/` and has no `.` and `..`.
fn without_dots(path: &str) -> String {
    if path.starts_with('/') && !path.contains('\\') && !path.contains("/.") {
        return path.to_string();
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut ends_open = false;
    for part in path.split(['/', '\\']).skip(usize::from(path.starts_with(['/', '\\']))) {
        ends_open = matches!(part, "." | "..");
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let slash = if ends_open && !parts.is_empty() { "/" } else { "" };
    format!("/{}{slash}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    fn resolve(href: &str) -> Option<String> {
        BaseUrl::new(Some("http://a.example/b/c/d;p?q#f"), None).resolve(href)
    }

    #[test]
    fn relative_links_follow_the_rfc() {
        // The examples of RFC 3986, section 5.4.
        for (href, absolute) in [
            ("g", "http://a.example/b/c/g"),
            ("./g", "http://a.example/b/c/g"),
            ("g/", "http://a.example/b/c/g/"),
            ("/g", "http://a.example/g"),
            ("//g.example", "http://g.example/"),
            ("?y", "http://a.example/b/c/d;p?y"),
            ("g?y#s", "http://a.example/b/c/g?y#s"),
            ("#s", "http://a.example/b/c/d;p?q#s"),
            (".", "http://a.example/b/c/"),
            ("..", "http://a.example/b/"),
            ("../g", "http://a.example/b/g"),
            ("../../../g", "http://a.example/g"),
            ("g;x=1/../y", "http://a.example/b/c/y"),
            ("g?y/../x", "http://a.example/b/c/g?y/../x"),
        ] {
            assert_eq!(resolve(href).as_deref(), Some(absolute), "{href}");
        }
    }

    #[test]
    fn only_web_and_mail_are_links() {
        for bad in ["javascript:x", "java\nscript:x", "data:text/html,x", "tel:1", "", "https://"] {
            assert_eq!(resolve(bad), None, "{bad}");
        }
        assert_eq!(resolve("MailTo:a@b.example").as_deref(), Some("mailto:a@b.example"));
        assert_eq!(resolve("HTTPS://B.example").as_deref(), Some("https://b.example/"));
    }

    #[test]
    fn the_base_element_counts_and_may_be_relative() {
        let base = BaseUrl::new(Some("https://a.example/x/"), Some("/y/"));
        assert_eq!(base.resolve("z").as_deref(), Some("https://a.example/y/z"));
        let base = BaseUrl::new(None, Some("https://cdn.example/"));
        assert_eq!(base.resolve("z").as_deref(), Some("https://cdn.example/z"));
        assert_eq!(BaseUrl::new(None, Some("/y/")).resolve("z"), None);
        assert_eq!(BaseUrl::new(Some("not a url"), None).host(), None);
    }
}
