//! Whether a text is a setup file at all.

use super::lexer::{BLANKS, is_load_type_attempt, is_record_start};

/// Whether a text, or one that begins so, is a setup file: the first line that says something states a load
/// type, or is a record.
pub fn is_setup_file(text: &str) -> bool {
    let mut lines = text.lines().map(|line| line.trim_matches(BLANKS));
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("//"));
    first.is_some_and(|line| is_load_type_attempt(line) || is_record_start(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setup_files_are_recognised_by_their_first_line() {
        for text in [
            "LoadType=Package",
            "\n// a\r\n  loadtype = x\n",
            "LoadType=CSVMetadata \"1006\",\"\\\\s\"",
            "2,\"\\\\s\\a.zip\"",
            "LoadType Package",
            "load type: x",
        ] {
            assert!(is_setup_file(text), "{text}");
        }
        for text in
            ["", "// LoadType=Package", "LoadTyp", "<a/>", "a,b\nLoadType=Package", "LoadTypes=x"]
        {
            assert!(!is_setup_file(text), "{text}");
        }
    }
}
