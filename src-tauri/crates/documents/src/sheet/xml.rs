//! Finds start tags and their attributes in a well-formed XML part, without building a tree.
//! Knows no namespaces (prefixes are cut off) and no text content. On XML that is not well formed
//! it finds fewer tags; whether a part is sound is judged by the reader of the values.

/// One start tag or empty tag.
pub(crate) struct Tag<'a> {
    /// Name without prefix.
    pub(crate) name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The raw value of an attribute, by name without prefix.
    pub(crate) fn attribute(&self, wanted: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            let equals = rest.find('=')?;
            let name = rest[..equals].trim();
            let after = rest[equals + 1..].trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let value = &after[1..];
            let end = value.find(quote)?;
            if local(name) == wanted {
                return Some(&value[..end]);
            }
            rest = &value[end + 1..];
        }
    }

    /// True for `1` and `true`.
    pub(crate) fn flag(&self, wanted: &str) -> bool {
        matches!(self.attribute(wanted), Some("1" | "true"))
    }

    /// An attribute as a number.
    pub(crate) fn number(&self, wanted: &str) -> Option<u32> {
        self.attribute(wanted)?.trim().parse().ok()
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// All start tags in order.
pub(crate) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')? + 1..];
            if let Some(skipped) = skip(rest) {
                rest = skipped;
                continue;
            }
            let end = tag_end(rest)?;
            let inside = rest[..end].trim_end_matches('/');
            rest = &rest[end + 1..];
            let cut = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
            return Some(Tag { name: local(&inside[..cut]), attributes: &inside[cut..] });
        }
    })
}

/// Comments, CDATA, instructions and end tags: what is left behind them.
fn skip(rest: &str) -> Option<&str> {
    let behind = |end: &str| rest.find(end).map_or("", |at| &rest[at + end.len()..]);
    if rest.starts_with("!--") {
        Some(behind("-->"))
    } else if rest.starts_with("![CDATA[") {
        Some(behind("]]>"))
    } else if rest.starts_with(['?', '!', '/']) {
        Some(behind(">"))
    } else {
        None
    }
}

/// Position of the `>` that ends the tag: one inside quotes does not.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    rest.bytes().position(|byte| {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None => return byte == b'>',
        }
        false
    })
}

/// Resolves the five named entities and numeric references.
pub(crate) fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let known = rest.find(';').and_then(|end| Some((end, entity(&rest[1..end])?)));
        let (end, c) = known.unwrap_or((0, '&'));
        text.push(c);
        rest = &rest[end + 1..];
    }
    text + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_tags_past_comments_quotes_and_prefixes() {
        let text = r#"<?xml version="1.0"?><!-- <row r="9" hidden="1"/> --><x:row r = "3"
            note='a>b "c"' hidden="1"><c><![CDATA[<row r="8"/>]]></c></x:row><row r="4"/>"#;
        let found: Vec<_> = tags(text)
            .filter(|tag| tag.name == "row")
            .map(|tag| (tag.number("r"), tag.flag("hidden")))
            .collect();
        assert_eq!(found, [(Some(3), true), (Some(4), false)]);
    }

    #[test]
    fn resolves_entities() {
        assert_eq!(unescape("A&amp;B &#x4ED3;&#24211; & &nbsp;&"), "A&B 仓库 & &nbsp;&");
    }
}
