//! Bytes to text, whole and piece by piece.

#![no_main]

use std::io::BufReader;

use edu_diagnostics::Span;
use edu_syntax::{Decoded, EncodingIssue, Window};
use fuzz::Case;
use libfuzzer_sys::fuzz_target;

/// How many places of a text are looked up, about.
const PLACES: usize = 256;

/// Whether every character of the text came from a width of bytes that follows from the character.
fn is_exact(decoded: &Decoded<'_>) -> bool {
    // Big5 has two characters for some pairs of bytes; ISO-2022-JP ends with bytes that are no character.
    !["big5", "iso-2022-jp"].contains(&&*decoded.encoding())
        && !decoded.issues().iter().any(|issue| matches!(issue, EncodingIssue::Malformed { .. }))
}

fn check_offsets(decoded: &Decoded<'_>, len: usize) {
    let text = decoded.text();
    let step = text.len() / PLACES + 1;
    let mut last = 0;
    let ends = text.char_indices().map(|(at, _)| at).step_by(step).chain([text.len()]);
    for at in ends {
        let original = decoded.original_offset(at);
        assert!(last <= original, "offset {at}: {original} after {last}");
        assert!(original <= len as u64, "offset {at}: {original} of {len}");
        let back = decoded.text_offset(original);
        assert!(back <= text.len(), "offset {at}: {back}");
        if is_exact(decoded) {
            assert_eq!(back, at, "there and back, by {original}");
        }
        last = original;
    }
    if is_exact(decoded) {
        assert_eq!(last, len as u64, "the end of the text is the end of the input");
    }
    for issue in decoded.issues() {
        let (EncodingIssue::NotUtf8 { first: span, .. }
        | EncodingIssue::Utf8UnderDeclaration { span, .. }
        | EncodingIssue::WrongDeclaration { span, .. }
        | EncodingIssue::UnknownDeclaration { span, .. }
        | EncodingIssue::Malformed { first: span, .. }) = issue
        else {
            continue;
        };
        assert!(span.end <= len as u64, "{issue:?}");
    }
}

/// Reads the input through a window that lets go of all but `keep` bytes each time.
fn check_window(case: &Case, keep: usize, whole: &Decoded<'_>) {
    let reader = BufReader::with_capacity(case.buffer, &*case.bytes);
    let mut window = Window::new(reader).with_piece(case.piece);
    let mut text = String::new();
    while !window.is_last() {
        window.fill().expect("a slice can be read");
        let base = usize::try_from(window.base()).expect("an offset");
        let from = text.len() - base;
        text.push_str(&window.text()[from..]);
        assert!(whole.text().starts_with(&text), "{text:?} of {:?}", whole.text());
        if is_exact(whole) {
            let end = text.len();
            let place = window.original(Span::empty(end as u64)).start;
            assert_eq!(place, whole.original_offset(end), "the place of {end}");
        }
        let mut done = window.text().len().saturating_sub(keep);
        while !window.text().is_char_boundary(done) {
            done -= 1;
        }
        window.done_with(done.max(window.position()));
    }
    assert_eq!(text, whole.text());
    assert_eq!(window.encoding(), whole.encoding());
    assert_eq!(window.issues(), whole.issues());
}

fuzz_target!(|data: &[u8]| {
    let Some(case) = Case::new(data) else { return };
    let decoded = Decoded::new(&case.bytes);
    check_offsets(&decoded, case.bytes.len());
    check_window(&case, case.config.into(), &decoded);
});
