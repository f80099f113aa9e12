//! The texts that a maquette is read from, and what is to be said of each.

use edu_diagnostics::{Rule, Sink as _};
use edu_syntax::Decoded;
use pegase::rules::check_encoding;
use pegase::{Import, Input, Maquette, MaquetteReader, ReadError, Recognised, Shape};

use crate::Failure;
use crate::maquette::Source;
use crate::said::Said;

/// The texts that a maquette is read from, in the order of [`Input`].
pub(crate) struct Texts<'s> {
    pub(crate) texts: Vec<(&'s str, &'s Decoded<'s>)>,
}

impl<'s> Texts<'s> {
    pub(crate) fn new(sources: &'s [Source], texts: &'s [Decoded<'s>]) -> Self {
        let paths = sources.iter().map(|source| &*source.path);
        let mut texts: Vec<_> = paths.zip(texts).collect();
        let is = |text, shape| pegase::recognise(text) == Ok(Recognised::Maquette(shape));
        // A structure counts as the maquette in either place.
        if let [(_, first), (_, second)] = texts[..]
            && is(first, Shape::Details)
            && is(second, Shape::Structure)
        {
            texts.reverse();
        }
        Self { texts }
    }

    /// What is to be said of each text: its encoding and, unless they are drawn, the alerts.
    pub(crate) fn said(&self, import: &Import, are_drawn: bool) -> Vec<Said> {
        let mut said = Vec::new();
        for &(path, text) in &self.texts {
            let mut of_text = Said::new(path);
            check_encoding(text, &mut of_text);
            said.push(of_text);
        }
        for alert in import.alerts.iter().filter(|_| !are_drawn) {
            let input = alert.place.as_ref().map_or(Input::Maquette, |place| place.input);
            if let Some(said) = said.get_mut(input as usize) {
                said.report(alert.diagnostic());
            }
        }
        said
    }

    /// Reads the maquette.
    pub(crate) fn read(&self, reader: &MaquetteReader) -> Result<Maquette<'s>, Failure> {
        let maquette = match self.texts[..] {
            [(_, maquette), (_, details)] => reader.read_with_details(maquette, details),
            _ => reader.read(self.texts[0].1),
        };
        maquette.map_err(|error| self.failure(reader, &error))
    }

    /// Why the texts are no maquette: which of them, where, and what to do about it.
    fn failure(&self, reader: &MaquetteReader, error: &ReadError) -> Failure {
        let is_first = reader.read(self.texts[0].1).as_ref().err() == Some(error);
        let (path, _) = self.texts[if is_first { 0 } else { self.texts.len() - 1 }];
        // The sentence about other faults has the path in it.
        let at = match error {
            ReadError::Foreign { path, .. } => format!(" at {path}"),
            _ => String::new(),
        };
        let (finding, place) = (error.finding(), error.position());
        let Rule { code, name, help, .. } = finding.rule;
        let (line, column) = (place.line, place.column);
        format!("{path}:{line}:{column}: error[{code} {name}]: {finding}{at}; {help}").into()
    }
}
