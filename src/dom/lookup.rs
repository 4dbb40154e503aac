//! From a name's bytes to its place in a list, without regard to case.

/// No name hashes to this slot.
const EMPTY: u8 = u8::MAX;
/// A power of two, several times the names of any list, so that most unknown names meet an empty
/// slot at once.
const SLOTS: usize = 1024;

/// An open-addressing table over a list of fewer than 255 names, built by the compiler.
pub(super) struct Lookup([u8; SLOTS]);

impl Lookup {
    pub(super) const fn new(names: &[&str]) -> Self {
        assert!(names.len() < EMPTY as usize);
        let mut slots = [EMPTY; SLOTS];
        let mut index = 0;
        while index < names.len() {
            let mut slot = slot(names[index].as_bytes());
            while slots[slot] != EMPTY {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = index as u8;
            index += 1;
        }
        Self(slots)
    }

    /// The place of `name` in the list that the table was made from.
    #[inline]
    pub(super) fn find(&self, names: &[&str], name: &[u8]) -> Option<usize> {
        if name.is_empty() {
            return None;
        }
        let mut slot = slot(name);
        loop {
            let index = self.0[slot];
            if index == EMPTY {
                return None;
            }
            let known = names.get(usize::from(index))?;
            if known.as_bytes().eq_ignore_ascii_case(name) {
                return Some(usize::from(index));
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

/// Mixes the length and four bytes of a name that is not empty. Bit 0x20 is the case of a letter.
#[inline]
const fn slot(name: &[u8]) -> usize {
    let len = name.len();
    let first = (name[0] | 0x20) as usize;
    let second = (name[len / 4] | 0x20) as usize;
    let middle = (name[len / 2] | 0x20) as usize;
    let last = (name[len - 1] | 0x20) as usize;
    let mixed = first * 7 + second * 59 + middle * 131 + last * 521 + len * 317;
    (mixed ^ (mixed >> 7)) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::Lookup;

    #[test]
    fn finds_each_name_in_any_case_and_no_other() {
        const NAMES: [&str; 4] = ["a", "div", "data-src", "xml:lang"];
        let lookup = Lookup::new(&NAMES);
        for (index, name) in NAMES.iter().enumerate() {
            assert_eq!(lookup.find(&NAMES, name.as_bytes()), Some(index));
            assert_eq!(lookup.find(&NAMES, name.to_ascii_uppercase().as_bytes()), Some(index));
        }
        for unknown in ["", "b", "di", "divs", "data_src", "\u{e4}"] {
            assert_eq!(lookup.find(&NAMES, unknown.as_bytes()), None);
        }
    }
}
