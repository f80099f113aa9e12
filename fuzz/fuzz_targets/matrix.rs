//! Offering rule matrices: read, checked, made into commands, written and read back.

#![no_main]

use edu_diagnostics::{Collector, Diagnostic, LineIndex, Severity};
use edu_syntax::Decoded;
use fuzz::assert_same;
use libfuzzer_sys::fuzz_target;
use offering_rules::{
    Column, Command, CoursePath, Dialect, Generator, Layout, Limits, Matrix, MatrixReader,
    Orientation, Removal, convert, is_matrix, write,
};

/// Small, so that short inputs exceed them.
const SMALL: Limits = Limits { row: 120, columns: 8 };

/// More would take the time of the fuzzer, and show nothing new.
const REMOVAL_LIMIT: usize = 64;

fn reader(config: u8) -> MatrixReader {
    let reader = MatrixReader::new();
    let reader = if config & 1 == 0 { reader } else { reader.with_limits(SMALL) };
    if config & 2 == 0 { reader } else { reader.with_unknown_rows() }
}

fn check_spans(findings: &[Diagnostic], len: usize) {
    for finding in findings {
        for span in finding.span.into_iter().chain(finding.labels.iter().map(|label| label.span)) {
            assert!(span.start <= span.end, "{}: {span:?}", finding.rule.code);
            assert!(span.end <= len as u64, "{}: {span:?} of {len}", finding.rule.code);
        }
        assert_eq!(finding.span.is_some(), finding.position.is_some(), "{finding:?}");
    }
}

/// Lines and columns are those of the spans, where every byte of the text is one of the input.
fn check_positions(findings: &[Diagnostic], decoded: &Decoded<'_>, bytes: &[u8]) {
    if decoded.encoding() != "utf-8" || str::from_utf8(bytes).is_err() {
        return;
    }
    let mut lines = LineIndex::new();
    for finding in findings {
        let labels = finding.labels.iter().map(|label| (Some(label.span), label.position));
        for (span, position) in labels.chain([(finding.span, finding.position)]) {
            let offset = span.map(|span| decoded.text_offset(span.start));
            let expected = offset.map(|offset| lines.position(decoded.text(), offset));
            assert_eq!(position, expected, "{finding:?}");
        }
    }
}

fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// There are commands where there is no error. Deletes come first, and each command is one line with the
/// arguments that it was given, whatever stands in the cells.
fn check_commands(matrix: &Matrix, config: u8) -> Vec<Diagnostic> {
    let organisation = CoursePath::new("/Root/Org");
    let generator = Generator::new()
        .with_organisation(organisation.clone())
        .with_removal_limit(REMOVAL_LIMIT)
        .with_processing(config & 4 != 0)
        .with_removal(if config & 8 == 0 { Removal::Course } else { Removal::Column });
    let mut found = Collector::new();
    let commands = generator.generate(matrix, &mut found);
    let found = found.into_sorted();
    assert_eq!(commands.is_none(), has_errors(&found), "{found:?}");
    let Some(commands) = commands else { return found };

    let is_delete = |command: &Command| matches!(command, Command::Delete { .. });
    let deletes = commands.iter().rposition(is_delete);
    let adds = commands.iter().position(|command| matches!(command, Command::Add { .. }));
    assert!(adds.is_none_or(|add| deletes.is_some_and(|delete| delete < add)), "{commands:?}");

    let dialect = Dialect::default();
    let text = dialect.render(&organisation, &commands).expect("what was not refused is written");
    assert_eq!(text.lines().count(), commands.len(), "{text}");
    for (line, command) in text.lines().zip(&commands) {
        // A quote begins or ends an argument: none is inside.
        let arguments = line.split('"').skip(1).step_by(2).count();
        assert_eq!(line.matches('"').count(), 2 * arguments, "{line}");
        if let Command::Add { expression, .. } = command {
            assert!(line.contains(&format!("\"{expression}\"")), "{line}");
        }
    }
    found
}

/// What is written reads as it was.
fn check_written(matrix: &Matrix) {
    // Columns that hold nothing any more are left out.
    if matrix.columns.contains(&Column::default()) {
        return;
    }
    // Where no text would read as the matrix, none is written.
    let Ok(text) = write(matrix, &mut Collector::new()) else { return };
    let mut found = Collector::new();
    let again = MatrixReader::new()
        .with_unknown_rows()
        .for_text(&Decoded::from(&*text), &mut found)
        .expect("a matrix was written");
    // What could not be read the first time is not there any more.
    assert_same(&again, &Matrix { is_incomplete: again.is_incomplete, ..matrix.clone() }, &text);
    let once_more = write(&again, &mut Collector::new());
    assert_eq!(once_more.as_ref(), Ok(&text));
}

fuzz_target!(|data: &[u8]| {
    let [config, layout, bytes @ ..] = data else { return };
    let decoded = Decoded::new(bytes);
    is_matrix(decoded.text());

    let mut found = Collector::new();
    let matrix = reader(*config).for_text(&decoded, &mut found);
    let found = found.into_sorted();
    check_spans(&found, bytes.len());
    check_positions(&found, &decoded, bytes);
    let Some(matrix) = matrix else { return };
    assert_eq!(matrix.is_incomplete, has_errors(&found), "{found:?}");

    let said = check_commands(&matrix, *config);
    check_spans(&said, bytes.len());
    check_positions(&said, &decoded, bytes);

    check_written(&matrix);
    let layout = Layout::ALL[usize::from(*layout) % Layout::ALL.len()];
    for orientation in [Orientation::Transposed, Orientation::Old] {
        let converted = convert(&matrix, layout, orientation, &mut Collector::new());
        check_written(&converted);
    }
});
