//! `docs/page.schema.json` describes what `Page::json` writes, for every page that we have.

use dehusk::render::RenderOptions;
use dehusk::{Extractor, Page};
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/page.schema.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What of a value is against a schema, for the few words of JSON Schema that ours uses.
fn fault(root: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    let schema = schema.as_object().unwrap();
    schema.iter().find_map(|(word, rule)| {
        let broken =
            |broken: bool| broken.then(|| format!("{at}: {value} is against {word} {rule}"));
        match word.as_str() {
            "$schema" | "$defs" | "title" | "description" | "required" => None,
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                fault(root, &root["$defs"][name], value, at)
            }
            "oneOf" => {
                let rules = rule.as_array().unwrap();
                let faults: Vec<_> =
                    rules.iter().map(|rule| fault(root, rule, value, at)).collect();
                if faults.iter().filter(|fault| fault.is_none()).count() == 1 {
                    return None;
                }
                // The fault that lies deepest tells most.
                let deepest = faults.into_iter().flatten().max_by_key(|fault| fault.find(':'));
                deepest.or_else(|| Some(format!("{at}: {value} is of two kinds")))
            }
            "const" => broken(value != rule),
            "enum" => broken(!rule.as_array().unwrap().contains(value)),
            "type" => broken(!has_type(value, rule)),
            "minimum" => broken(value.as_f64() < rule.as_f64()),
            "maximum" => broken(value.as_f64() > rule.as_f64()),
            "minItems" => broken((value.as_array().unwrap().len() as u64) < rule.as_u64().unwrap()),
            "pattern" => broken(!is_day(value.as_str().unwrap())),
            "items" => {
                let items = value.as_array()?.iter().enumerate();
                items
                    .clone()
                    .find_map(|(index, item)| fault(root, rule, item, &format!("{at}[{index}]")))
            }
            "properties" => {
                members(root, schema, rule.as_object().unwrap(), value.as_object()?, at)
            }
            "additionalProperties" => broken(rule != &Value::Bool(false)),
            word => panic!("the test does not know {word:?}"),
        }
    })
}

fn members(
    root: &Value,
    schema: &Map<String, Value>,
    rules: &Map<String, Value>,
    object: &Map<String, Value>,
    at: &str,
) -> Option<String> {
    let required = schema["required"].as_array().unwrap();
    if let Some(missing) = required.iter().find(|name| !object.contains_key(name.as_str().unwrap()))
    {
        return Some(format!("{at}: lacks {missing}"));
    }
    object.iter().find_map(|(name, value)| match rules.get(name) {
        Some(rule) => fault(root, rule, value, &format!("{at}.{name}")),
        None => Some(format!("{at}: {name} is not in the schema")),
    })
}

fn has_type(value: &Value, rule: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        name => panic!("no type {name}"),
    };
    match rule {
        Value::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
        name => is(name.as_str().unwrap()),
    }
}

/// The only pattern of the schema.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text
            .char_indices()
            .all(|(at, c)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() })
}

fn check(name: &str, page: &Page, schema: &Value) {
    for options in [RenderOptions::new(), RenderOptions::new().with_links(false).with_images(false)]
    {
        let json: Value = serde_json::from_str(&page.json_with(&options)).unwrap();
        let fault = fault(schema, schema, &json, "page");
        assert!(fault.is_none(), "{name}: {}", fault.unwrap_or_default());
    }
}

#[test]
fn every_page_is_as_the_schema_says() {
    let schema = schema();
    let extractor = Extractor::new().with_url("https://page.example/a/b").with_comments(true);
    let mut kinds = String::new();
    for case in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")).unwrap() {
        let path = case.unwrap().path();
        let page = extractor.extract_bytes(&fs::read(path.join("page.html")).unwrap()).unwrap();
        check(&path.display().to_string(), &page, &schema);
        kinds += &page.json();
    }
    // What no article has in it.
    let all = "<h1>All</h1><p>Text with <b>weight</b>, a break<br>and a note.<sup><a href=#n>1</a></sup> \
        <img src=i.png alt=image> <code>x</code> <script type=math/tex>x</script> it is.</p>\
        <iframe src=//film.example/1 title=Film></iframe><p>More of it.</p><hr><p>And more.</p>\
        <figure><a href=/big><img src=f.png></a><figcaption>A <i>figure</i></figcaption></figure>\
        <blockquote>Quoted<hr>twice</blockquote><ol start=3><li>three<ul><li>deep</ul></ol>\
        <pre class=language-rust><code>let a;</code></pre><table><caption>Rises</caption>\
        <tr><th colspan=2>Lock<tr><td rowspan=2>1<td>2 m<tr><td>3 m</table><p id=n>1. The note.";
    let page = Extractor::new().with_url("https://page.example/").extract(all).unwrap();
    check("all kinds", &page, &schema);
    kinds += &page.json();
    let defined = schema["$defs"]["block"]["oneOf"].as_array().unwrap().iter();
    for kind in defined.map(|rule| rule["$ref"].as_str().unwrap().trim_start_matches("#/$defs/")) {
        assert!(kinds.contains(&format!("{{\"kind\":\"{kind}\"")), "no page has a {kind}");
    }
    for empty in ["", "<div id=app></div><script src=app.js></script>", "Plain text."] {
        check(empty, &dehusk::extract(empty), &schema);
    }
}

#[test]
fn the_check_finds_faults() {
    let schema = schema();
    let good: Value =
        serde_json::from_str(&dehusk::extract("<h1>Tea</h1><p>It is green.").json()).unwrap();
    let broken = |change: fn(&mut Value)| {
        let mut page = good.clone();
        change(&mut page);
        fault(&schema, &schema, &page, "page").is_some()
    };
    assert!(!broken(|_| {}));
    assert!(broken(|page| page["blocks"][0]["level"] = 7.into()));
    assert!(broken(|page| page["blocks"][0]["kind"] = "title".into()));
    assert!(broken(|page| page["metadata"]["title"]["source"] = "thin air".into()));
    assert!(broken(|page| page["colour"] = "green".into()));
    assert!(broken(|page| {
        page.as_object_mut().unwrap().remove("words");
    }));
}
