//! Writes JSON (RFC 8259).

/// A JSON text under way.
pub(crate) struct Json {
    out: String,
    /// Whether nothing was written yet in the object or array at hand.
    first: bool,
}

impl Json {
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes), first: true }
    }

    pub fn into_string(self) -> String {
        self.out
    }

    pub fn begin(&mut self, sign: char) {
        self.out.push(sign);
        self.first = true;
    }

    pub fn end(&mut self, sign: char) {
        self.out.push(sign);
        self.first = false;
    }

    /// Begins an item of an array.
    pub fn item(&mut self) {
        if !std::mem::replace(&mut self.first, false) {
            self.out.push(',');
        }
    }

    pub fn key(&mut self, name: &str) {
        self.item();
        self.value(name);
        self.out.push(':');
    }

    pub fn string(&mut self, name: &str, value: &str) {
        self.key(name);
        self.value(value);
    }

    pub fn number(&mut self, name: &str, value: i64) {
        self.key(name);
        self.out.push_str(&value.to_string());
    }

    /// A share or probability, with three decimals.
    pub fn share(&mut self, name: &str, value: f32) {
        self.key(name);
        self.out.push_str(&format!("{value:.3}"));
    }

    pub fn null(&mut self, name: &str) {
        self.key(name);
        self.out.push_str("null");
    }

    /// The members of an object that was written already.
    pub fn members(&mut self, object: &str) {
        let members = object.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        if let Some(members) = members.filter(|members| !members.is_empty()) {
            self.item();
            self.out.push_str(members);
        }
    }

    pub fn flag(&mut self, name: &str, value: bool) {
        self.key(name);
        self.out.push_str(if value { "true" } else { "false" });
    }

    pub fn value(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                c if c < ' ' => self.out.push_str(&format!("\\u{:04x}", c as u32)),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }
}
