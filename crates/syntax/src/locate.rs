//! From places in the text to places that people can look up.

use edu_diagnostics::{Diagnostic, LineIndex, Position, Span};

use crate::{Decoded, EncodingIssue, Window};

/// A text with the way back to the bytes it came from: all of it, or the part in a window.
pub trait Source {
    /// The text at hand, its offset in the whole text, and whether it is all that is left.
    fn text(&self) -> (&str, u64, bool);
    /// The span of original bytes of a span of the text.
    fn original(&self, span: Span) -> Span;
    /// The offset in the whole text of an original byte.
    fn text_offset(&self, original: u64) -> u64;
    /// WHATWG name of the encoding in lower case.
    fn encoding(&self) -> String;
}

impl Source for Decoded<'_> {
    fn text(&self) -> (&str, u64, bool) {
        (self.text(), 0, true)
    }

    fn original(&self, span: Span) -> Span {
        self.original(span)
    }

    fn text_offset(&self, original: u64) -> u64 {
        self.text_offset(original) as u64
    }

    fn encoding(&self) -> String {
        self.encoding()
    }
}

impl<R> Source for Window<R> {
    fn text(&self) -> (&str, u64, bool) {
        (self.text(), self.base(), self.is_last())
    }

    fn original(&self, span: Span) -> Span {
        self.original(span)
    }

    fn text_offset(&self, original: u64) -> u64 {
        self.text_offset(original)
    }

    fn encoding(&self) -> String {
        self.encoding()
    }
}

/// Gives findings their places: they are made with spans of the text, and leave with those of the original
/// bytes and with line and column.
#[derive(Debug, Default)]
pub struct Locator {
    lines: LineIndex,
    /// What there is to say about the encoding.
    encoding: Vec<Diagnostic>,
    /// What there will be to say if the text turns out to be UTF-8.
    doubt: Option<Diagnostic>,
}

impl Locator {
    /// A locator at the start of a text.
    pub fn new() -> Self {
        Self::default()
    }

    /// The bytes of the original of a span of the text, and where it starts as people count.
    pub fn place(&mut self, span: Span, source: &impl Source) -> (Span, Position) {
        let (text, base, _) = source.text();
        let start = usize::try_from(span.start.saturating_sub(base)).unwrap_or(usize::MAX);
        (source.original(span), self.lines.position(text, start))
    }

    /// Fills in the places of a finding, once.
    pub fn locate(&mut self, finding: &mut Diagnostic, source: &impl Source) {
        if finding.position.is_some() {
            return;
        }
        if let Some(span) = &mut finding.span {
            let (original, position) = self.place(*span, source);
            (*span, finding.position) = (original, Some(position));
        }
        for label in finding.labels.iter_mut().filter(|label| label.position.is_none()) {
            let (original, position) = self.place(label.span, source);
            (label.span, label.position) = (original, Some(position));
        }
    }

    /// Forgets what a window has done with; called before the window is filled.
    pub fn advance<R>(&mut self, window: &Window<R>) {
        self.lines.advance(window.text(), window.position());
    }

    /// Notes what a window says of its encoding so far, while its places are at hand; called after the
    /// window has been filled. See [`note_encoding`](Self::note_encoding).
    pub fn note_window<R>(
        &mut self,
        window: &Window<R>,
        finding: impl Fn(&EncodingIssue) -> Diagnostic,
    ) {
        if let Some(issue) = window.doubt()
            && self.doubt.is_none()
        {
            self.doubt = Some(self.encoding_finding(window, &issue, &finding));
        }
        self.note_encoding(window, &window.issues(), finding);
    }

    /// Notes what there is to say about the encoding; `finding` makes of each issue a finding without a
    /// place, of one rule for each kind.
    pub fn note_encoding(
        &mut self,
        source: &impl Source,
        issues: &[EncodingIssue],
        finding: impl Fn(&EncodingIssue) -> Diagnostic,
    ) {
        for issue in issues {
            let found = finding(issue);
            if let Some(noted) = self.encoding.iter_mut().find(|noted| noted.rule == found.rule) {
                // Only the number of damaged places has grown.
                noted.args = found.args;
            } else if let Some(doubt) = self.doubt.take_if(|doubt| doubt.rule == found.rule) {
                self.encoding.push(Diagnostic { args: found.args, ..doubt });
            } else {
                let found = self.encoding_finding(source, issue, &finding);
                self.encoding.push(found);
            }
        }
    }

    fn encoding_finding(
        &mut self,
        source: &impl Source,
        issue: &EncodingIssue,
        finding: &impl Fn(&EncodingIssue) -> Diagnostic,
    ) -> Diagnostic {
        let mut found = finding(issue);
        if let Some(span) = issue.span() {
            let [start, end] = [span.start, span.end].map(|offset| source.text_offset(offset));
            found = found.at(Span::new(start, end));
        }
        self.locate(&mut found, source);
        found
    }

    /// What was noted about the encoding.
    pub fn take_encoding(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.encoding)
    }
}
