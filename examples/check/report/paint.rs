//! One finding for people: sentence, places with their lines, help.

use std::fmt::{self, Write as _};

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use edu_diagnostics::{Diagnostic, Position, Severity, Value};

use super::excerpt::Excerpt;
use crate::text::Text;

/// Wider than every excerpt: the cutting is done by [`Excerpt`], which never looks at a whole line.
const TERM_WIDTH: usize = 400;

/// A file as its findings are shown.
pub(super) struct Page<'a> {
    /// The path, safe to print.
    pub(super) path: &'a str,
    /// The text.
    pub(super) text: &'a Text<'a>,
    /// Nothing about a person is shown.
    pub(super) mask: bool,
}

impl Page<'_> {
    fn excerpt(&self, at: u64) -> Option<Excerpt> {
        self.text.around(at, self.mask, |piece| Excerpt::around(piece, at))
    }
}

/// A place that belongs to a finding.
struct Place {
    position: Position,
    /// What is said of it, unless it is the finding's own.
    label: Option<&'static str>,
    source: Option<Source>,
}

/// A piece of a line with everything that is underlined in it.
struct Source {
    excerpt: Excerpt,
    annotations: Vec<Annotation<'static>>,
}

/// Renders findings.
pub(super) struct Painter {
    renderer: Renderer,
    gutter: Style,
    strong: Style,
}

impl Painter {
    pub(super) fn new(colour: bool) -> Self {
        let (renderer, gutter, strong) = if colour {
            let blue = AnsiColor::BrightBlue.on_default().effects(Effects::BOLD);
            (Renderer::styled(), blue, Style::new().effects(Effects::BOLD))
        } else {
            (Renderer::plain(), Style::new(), Style::new())
        };
        Self { renderer: renderer.term_width(TERM_WIDTH), gutter, strong }
    }

    /// The finding as text that ends with a line end.
    pub(super) fn finding(&self, page: &Page<'_>, finding: &Diagnostic) -> String {
        let mut out = String::new();
        // Writing to a `String` cannot fail.
        let _ = self.write(&mut out, page, finding);
        out
    }

    /// The renderer is asked for the title and for each line of source apart: it would take the column
    /// in the excerpt for the column in the file.
    fn write(&self, out: &mut String, page: &Page<'_>, finding: &Diagnostic) -> fmt::Result {
        let (gutter, strong, path) = (self.gutter, self.strong, page.path);
        let level = level(finding.severity);
        let rule = finding.rule;
        let title = level
            .clone()
            .primary_title(finding.to_string())
            .id(format!("{} {}", rule.code, rule.name));
        writeln!(out, "{}", self.renderer.render(&[Group::with_title(title)]))?;

        let places = places(page, finding);
        let width = places.iter().map(Place::digits).max().unwrap_or(1);
        if places.is_empty() {
            writeln!(out, "{:width$}{gutter}-->{gutter:#} {path}", "")?;
        }
        for (number, place) in places.into_iter().enumerate() {
            let arrow = if number == 0 { "-->" } else { ":::" };
            let Position { line, column } = place.position;
            write!(out, "{:width$}{gutter}{arrow}{gutter:#} {path}:{line}:{column}", "")?;
            // The margin lines up the numbers of places that are rendered apart.
            let margin = width - place.digits();
            match (place.source, place.label) {
                (Some(source), _) => {
                    writeln!(out)?;
                    for line in self.source(level.clone(), place.position, source).lines() {
                        writeln!(out, "{:margin$}{line}", "")?;
                    }
                }
                (None, Some(label)) => writeln!(out, ": {label}")?,
                (None, None) => writeln!(out)?,
            }
        }
        let note = record(finding);
        let help = Some(rule.help.to_owned()).filter(|help| !help.is_empty());
        for (word, text) in [("note", note), ("help", help)] {
            if let Some(text) = text {
                writeln!(
                    out,
                    "{:width$} {gutter}={gutter:#} {strong}{word}{strong:#}: {text}",
                    ""
                )?;
            }
        }
        Ok(())
    }

    fn source(&self, level: Level<'_>, position: Position, source: Source) -> String {
        let snippet = Snippet::source(source.excerpt.source)
            .line_start(usize::try_from(position.line).unwrap_or(usize::MAX))
            .annotations(source.annotations);
        self.renderer.render(&[Group::with_level(level).element(snippet)])
    }
}

impl Place {
    /// Width of the line number.
    fn digits(&self) -> usize {
        self.position.line.to_string().len()
    }
}

/// The finding's own place, then those of its labels that are not on the same piece of line.
fn places(page: &Page<'_>, finding: &Diagnostic) -> Vec<Place> {
    let own = finding.span.zip(finding.position).map(|(span, position)| (span, position, None));
    let labels = finding.labels.iter().filter_map(|label| {
        label.position.map(|position| (label.span, position, Some(label.text)))
    });
    let mut places: Vec<Place> = Vec::new();
    for (span, position, label) in own.into_iter().chain(labels) {
        let kind = if label.is_none() { AnnotationKind::Primary } else { AnnotationKind::Context };
        let known = places.iter_mut().filter(|place| place.position.line == position.line);
        let known = known.filter_map(|place| place.source.as_mut()).find_map(|source| {
            let underlined = source.excerpt.range(span)?;
            Some((source, underlined))
        });
        if let Some((source, underlined)) = known {
            source.annotations.push(kind.span(underlined).label(label));
            continue;
        }
        let source = page.excerpt(span.start).map(|excerpt| {
            let underlined = excerpt.range(span).unwrap_or_default();
            Source { excerpt, annotations: vec![kind.span(underlined).label(label)] }
        });
        places.push(Place { position, label, source });
    }
    places
}

/// The record that the finding belongs to, where it has an id that may be shown.
fn record(finding: &Diagnostic) -> Option<String> {
    let kind = finding.get("record")?;
    match finding.get("id")? {
        Value::Masked => None,
        Value::Data(id) if id.is_empty() => None,
        id => Some(format!("in {kind} {id}")),
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Bytes;
    use edu_diagnostics::{LineIndex, Rule, Span};

    const RULE: Rule = Rule {
        code: "XX-A01",
        name: "id-used-twice",
        severity: Severity::Error,
        summary: "",
        message: "the id {found} is used twice",
        help: "give each record its own",
        explanation: "",
        bad: b"",
        good: b"",
    };

    /// The place of the `number`th `needle`, as a reader would report it.
    fn place(text: &str, needle: &str, number: usize) -> (Span, Position) {
        let (start, _) = text.match_indices(needle).nth(number).expect("the needle is there");
        let span = Span::new(start as u64, (start + needle.len()) as u64);
        (span, LineIndex::new().position(text, start))
    }

    fn finding(text: &str, needle: &str) -> Diagnostic {
        let (span, position) = place(text, needle, 0);
        let mut finding = Diagnostic::new(&RULE).at(span).data("found", needle);
        finding.position = Some(position);
        finding
    }

    fn paint(text: &str, finding: &Diagnostic) -> String {
        paint_bytes(Bytes::Held(text.as_bytes()), finding)
    }

    fn paint_bytes(bytes: Bytes<'_>, finding: &Diagnostic) -> String {
        let text = Text::new(bytes, "utf-8");
        Painter::new(false).finding(&Page { path: "a.xml", text: &text, mask: false }, finding)
    }

    #[test]
    fn a_finding_and_its_other_place() {
        let text = format!("<a>\n<id>7</id>{}<id>7</id> <id>8</id>\n", "\n".repeat(9));
        let mut finding = finding(&text, "7");
        (finding.span, finding.position) = {
            let (span, position) = place(&text, "7", 1);
            (Some(span), Some(position))
        };
        for (needle, label) in [("7", "first used here"), ("8", "this one is free")] {
            let (span, position) = place(&text, needle, 0);
            finding = finding.label(span, label);
            finding.labels.last_mut().expect("just added").position = Some(position);
        }
        assert_eq!(
            paint(&text, &finding),
            "\
error[XX-A01 id-used-twice]: the id 7 is used twice
  --> a.xml:11:5
   |
11 | <id>7</id> <id>8</id>
   |     ^          - this one is free
  ::: a.xml:2:5
   |
 2 | <id>7</id>
   |     - first used here
   = help: give each record its own
"
        );
    }

    #[test]
    fn of_what_is_gone_the_places_are_said() {
        let text = "<id>7</id>\n<id>8</id>";
        let (span, position) = place(text, "8", 0);
        let mut finding = finding(text, "7").label(span, "this one is free");
        finding.labels[0].position = Some(position);
        assert_eq!(
            paint_bytes(Bytes::Gone, &finding),
            "\
error[XX-A01 id-used-twice]: the id 7 is used twice
 --> a.xml:1:5
 ::: a.xml:2:5: this one is free
  = help: give each record its own
"
        );
    }

    #[test]
    fn the_record_is_named_unless_it_is_masked_or_has_no_id() {
        let text = "<id>7</id>";
        let mut finding = finding(text, "7").word("record", "person").data("id", "471\n1");
        let painted = paint(text, &finding);
        assert!(
            painted.ends_with("  = note: in person 471\\n1\n  = help: give each record its own\n"),
            "{painted}"
        );
        finding.mask();
        assert!(!paint(text, &finding).contains("note"));
        let nameless = Diagnostic::new(&RULE).word("record", "person").data("id", "");
        assert!(!paint(text, &nameless).contains("note"));
    }

    #[test]
    fn tabs_wide_characters_and_line_ends_do_not_move_the_line_below() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("x{end}\t李é<id>{end}y");
            assert_eq!(
                paint(&text, &finding(&text, "<id>")),
                "\
error[XX-A01 id-used-twice]: the id <id> is used twice
 --> a.xml:2:4
  |
2 |     李é<id>
  |        ^^^^
  = help: give each record its own
"
            );
        }
    }

    #[test]
    fn a_window_of_a_long_line_has_the_columns_of_the_line() {
        let text = format!("{}<id>{}", "a".repeat(60_000), "b".repeat(100_000));
        let painted = paint(&text, &finding(&text, "<id>"));
        assert!(painted.contains("\n --> a.xml:1:60001\n"), "{painted}");
        assert!(painted.lines().all(|line| line.chars().count() < 140), "{painted}");
        assert!(painted.contains("a<id>b"), "{painted}");
    }

    #[test]
    fn of_several_lines_the_first_is_shown() {
        let text = "<a>\n  <b>\n  </b>\n</a>";
        let painted = paint(text, &finding(text, "<b>\n  </b>"));
        assert!(painted.contains("\n2 |   <b>\n  |   ^^^\n  = help"), "{painted}");
    }

    #[test]
    fn the_end_of_the_file_and_no_place_at_all() {
        let text = "<a>\n";
        let mut finding = finding(text, "<a>");
        finding.span = Some(Span::empty(4));
        finding.position = Some(LineIndex::new().position(text, 4));
        let painted = paint(text, &finding);
        assert!(painted.contains(" --> a.xml:2:1\n  |\n2 |\n  | ^\n"), "{painted}");
        finding.span = None;
        finding.position = None;
        let painted = paint(text, &finding);
        assert!(
            painted.ends_with("twice\n --> a.xml\n  = help: give each record its own\n"),
            "{painted}"
        );
    }

    #[test]
    fn no_place_in_no_text_does_harm() {
        let text = "\u{feff}\tä\r\n\r\u{301}李\u{1b}\u{200d}👩\n\u{2028}\0<a>";
        for start in 0..text.len() + 2 {
            for end in start..text.len() + 2 {
                let mut finding = Diagnostic::new(&RULE).at(Span::new(start as u64, end as u64));
                finding.position = Some(Position { line: 1, column: 1 });
                finding = finding.label(Span::new(0, start as u64), "a label");
                finding.labels[0].position = finding.position;
                let painted = paint(text, &finding);
                assert!(painted.chars().all(|c| c == '\n' || !c.is_control()), "{painted:?}");
            }
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let text = "<userid password=\"Änigma 1\">eva</userid>";
        let painted = paint(text, &finding(text, "eva"));
        assert!(painted.contains("password=\"*") && painted.contains(">eva<"), "{painted}");
        assert!(!painted.contains("nigma"), "{painted}");
    }
}
