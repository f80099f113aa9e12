//! Maquettes of Pégase.

use std::io;

use edu_diagnostics::Diagnostic;
use edu_syntax::Decoded;
use pegase::{MaquetteReader, ObjectKind, Recognised, is_packed, unpack};

use super::{Checked, Entry, Skipped, Source};

/// The largest maquette that is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// Members of maquettes.
const MEMBERS: [&str; 7] = [
    "\"racine\"",
    "\"enfants\"",
    "\"descripteursObjetMaquette\"",
    "\"objetMaquette\"",
    "\"arbreFormation\"",
    "\"listeObjetFormation\"",
    "\"listeGroupement\"",
];

/// What a tree of learners has, which looks alike.
const LEARNER: &str = "\"codeObjetMaquette\"";

/// Whether a text is a maquette or begins like one, be it that the rest is cut off or damaged.
pub(super) fn is_maquette(decoded: &Decoded<'_>) -> bool {
    let text = decoded.text();
    if !text.trim_start().starts_with(['{', '[']) {
        return false;
    }
    match pegase::recognise(decoded) {
        Ok(content) => matches!(content, Recognised::Maquette(_) | Recognised::Packed),
        Err(_) => {
            MEMBERS.iter().any(|member| has_member(text, member)) && !has_member(text, LEARNER)
        }
    }
}

/// Whether a name in quotes is that of a member.
fn has_member(text: &str, name: &str) -> bool {
    text.match_indices(name)
        .any(|(at, found)| text[at + found.len()..].trim_start().starts_with(':'))
}

/// Reads a maquette and checks it by itself.
pub(super) fn read(
    source: Source<'_>,
    mut sink: &mut dyn FnMut(Diagnostic),
) -> io::Result<Checked> {
    let bytes = source.held(LARGEST)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other("a maquette of more than 1 GiB is not read"));
    }
    let limit = usize::try_from(LARGEST).unwrap_or(usize::MAX);
    let unpacked = is_packed(&bytes).then(|| unpack(&bytes, limit)).transpose();
    let unpacked = unpacked.map_err(io::Error::other)?;
    let decoded = Decoded::new(unpacked.as_deref().unwrap_or(&bytes));
    // Lines and columns are those of the text in it.
    let entry = unpacked.clone().map(|bytes| Entry { name: "maquette".to_owned(), bytes });
    let checked = Checked { encoding: Some(decoded.encoding()), entry, ..Checked::default() };
    let maquette = match MaquetteReader::new().read(&decoded) {
        Ok(maquette) => maquette,
        Err(error) => {
            sink(error.finding());
            let unread = |code| Skipped { code, reason: "nothing was read", is_unasked: false };
            return Ok(Checked {
                records: Some(0),
                skipped: ["PG-V*", "PG-S*", "PG-I*"].map(unread).into(),
                ..checked
            });
        }
    };
    pegase::rules::check(&maquette, &mut sink);
    let kinds = [
        ("formation", ObjectKind::Formation),
        ("object", ObjectKind::Object),
        ("grouping", ObjectKind::Grouping),
    ];
    let objects = maquette.objects();
    let count = |kind| objects.iter().filter(|object| object.kind == Some(kind)).count() as u64;
    Ok(Checked {
        records: Some(objects.len() as u64),
        counts: kinds.map(|(name, kind)| (name, count(kind))).into(),
        skipped: vec![Skipped {
            code: "PG-I*",
            reason: "it takes an import into the reference tables (`pegase-import`)",
            is_unasked: true,
        }],
        ..checked
    })
}
