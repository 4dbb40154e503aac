//! Pages that no person would write: shapes that make parsers slow or greedy.

/// A page of at least `bytes` bytes, from a beginning and what is repeated behind it.
pub fn page(start: &str, bytes: usize, repeat: impl Fn(usize) -> String) -> String {
    let mut page = start.to_string();
    let mut index = 0;
    while page.len() < bytes {
        page.push_str(&repeat(index));
        index += 1;
    }
    page
}

/// A hostile shape: its name, its beginning, and what is repeated.
pub type Shape = (&'static str, &'static str, fn(usize) -> String);

/// All of one text again and again.
macro_rules! same {
    ($text:literal) => {
        |_| $text.to_string()
    };
}

pub const SHAPES: &[Shape] =
    &[
        ("div, never closed", "", same!("<div>")),
        ("ul and li, never closed", "", same!("<ul><li>")),
        ("blockquote and p", "", same!("<blockquote><p>x")),
        ("span with a stray end", "", same!("<span></b>x")),
        ("form, div and input", "", same!("<form><div><input>")),
        ("a and div", "", same!("<a><div>")),
        ("a with its own address, and div", "", |i| format!("<a href=x{i}><div>")),
        ("font, never closed", "", same!("<font>x")),
        ("font of many colors", "", |i| format!("<font color=c{i}>x")),
        ("b with its own id, in paragraphs", "", |i| format!("<p><b id=i{i}>x")),
        ("b in paragraphs", "", same!("<p><b>x")),
        ("b and end of p", "", |i| format!("<b id=i{i}></p>")),
        ("different attributes on one tag", "<p", |i| format!(" a{i}=b")),
        ("different attributes on many tags", "", |i| format!("<p a{i}=b>")),
        ("different attributes on one b", "<b", |i| format!(" a{i}=b")),
        ("the same attribute on one tag", "<p", same!(" class=b")),
        ("html again and again", "", |i| format!("<html lang=x class=y a{i}=b>")),
        ("body again and again", "<body>", same!("<body id=x title=y>")),
        ("text in tables", "<table>", same!("x<tr>")),
        ("elements in tables", "<table>", same!("<b>x</b><tr>")),
        ("tables in tables", "", same!("<table><td>")),
        ("tables, fostered", "", same!("<table><div>x")),
        ("select and option", "<select>", same!("<option>x")),
        ("optgroup and option", "<select>", same!("<optgroup><option>")),
        ("selects in selects", "", same!("<select><div>")),
        ("one long value", "<p class=\"", same!("x y ")),
        ("one long value of references", "<p class=\"", same!("&amp;")),
        ("one long name", "<", same!("x")),
        ("ampersands", "", same!("&")),
        ("references without end", "", same!("&notit")),
        ("a long number", "&#", same!("9")),
        ("less-than signs", "", same!("<")),
        ("NULs", "", same!("\0")),
        ("NULs and text", "", same!("\0x")),
        ("line feeds", "", same!("\n")),
        ("carriage returns", "", same!("\r")),
        ("an open comment", "<!--", same!("--!x<!--")),
        ("comments", "", same!("<!---->")),
        ("dashes", "<!--", same!("-")),
        ("an open script", "<script>", same!("</scrip<!--<script")),
        ("an open title", "<title>", same!("</titl&amp;")),
        ("an open value", "<a href='", same!("<a href=")),
        ("new names", "", |i| format!("<name-{i}>")),
        ("new short names", "", |i| format!("<n{i:x}>x")),
        ("new names, closed", "", |i| format!("<some-name-{i}>x</some-name-{i}>")),
        ("end tags of nothing", "<div>", same!("</p></b></x>")),
        ("rules under deep elements", "", |i| if i < 500 { "<div>".into() } else { "<hr>".into() }),
        ("paragraphs under deep spans", "", |i| {
            if i < 500 { "<span>".into() } else { "<p></p>".into() }
        }),
        ("headings and end tags", "", same!("<h1></div><h2></span>")),
        ("objects in cells", "", same!("<table><td><object></table></b>")),
        ("buttons", "", same!("<button><p>")),
        ("dl", "", same!("<dl><dd><div><dt>")),
        ("svg", "", same!("<svg><g><desc>")),
        ("math", "", same!("<math><mi><p>")),
        ("scripts in svg", "<svg>", same!("<script></a>")),
        ("inputs in math", "<math>", same!("<input></mi>")),
        ("titles in svg", "<svg>", same!("<title></g>")),
        ("templates", "", same!("<template><tr>")),
        ("nobr", "", |i| format!("<nobr class=c{i}>x")),
        ("ruby", "<ruby>", same!("<rt><rb><rtc>")),
        ("framesets", "<frameset>", same!("<frameset>a b ")),
        ("columns in templates", "<template><col>", same!(" a b <col>")),
        ("formatting across blocks", "", |i| format!("<b id=i{i}><i id=j{i}><div></b>x</i>")),
        ("formatting, many kinds", "", |i| {
            format!("<b a={i}><i a={i}><u a={i}><s a={i}><p>x<em a={i}><tt a={i}>")
        }),
        ("formatting in cells", "<table><tr>", |i| format!("<td><b id=i{i}><i id=i{i}>x<p>")),
    ];
