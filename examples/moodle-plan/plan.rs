//! The plan of one file.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};

use edu_diagnostics::{Collector, Position, Sink as _};
use edu_syntax::Decoded;
use ims_enterprise::moodle::{Action, Planner, Site, defects};
use ims_enterprise::{Kind, ReadError, StreamError, recognise};

use crate::Failure;
use crate::progress::Progress;

/// A file up to this size is held. A larger one is read piece by piece.
const HELD: u64 = 64 << 20;

/// Bytes that a stream is asked for at a time.
const PIECE: usize = 256 * 1024;

/// How much of a large file shows its format.
const HEAD: u64 = 64 * 1024;

/// The file that is planned.
#[derive(Debug)]
pub(crate) enum Input {
    /// All of it.
    Held(Vec<u8>),
    /// A file that is opened anew for each pass, and its size.
    Large(PathBuf, u64),
}

impl Input {
    /// What has no size is held: it can be read only once.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Self::open_up_to(path, HELD)
    }

    fn open_up_to(path: &Path, held: u64) -> io::Result<Self> {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            return Ok(Self::Held(bytes));
        }
        let found = fs::metadata(path)?;
        if found.is_file() && found.len() > held {
            return Ok(Self::Large(path.to_owned(), found.len()));
        }
        fs::read(path).map(Self::Held)
    }

    /// The bytes to be read, where they are read once.
    pub(crate) fn size(&self, is_read_again: bool) -> Option<u64> {
        match self {
            Self::Held(bytes) => Some(bytes.len() as u64),
            Self::Large(_, size) => Some(*size).filter(|_| !is_read_again),
        }
    }
}

/// Plans the import into `site`: actions go to `take`, findings to `found`.
pub(crate) fn plan(
    planner: &Planner,
    input: &Input,
    site: &mut Site,
    found: &mut Collector,
    progress: &Progress,
    take: &mut dyn FnMut(&Action<'_>),
) -> Result<(), Failure> {
    site.problems().iter().cloned().for_each(|problem| found.report(problem));
    let mut any = false;
    let mut take = |action: &Action<'_>| {
        any = true;
        take(action);
    };
    let kind = match input {
        Input::Held(bytes) => {
            let text = Decoded::new(bytes);
            defects(&text, found);
            planner.plan(&text, site, found, &mut take).map_err(|error| early(&error))?;
            progress.add(bytes.len() as u64);
            recognise(text.text())
        }
        Input::Large(path, _) => {
            // What Moodle's patterns make of the markup is looked for in a text that is held.
            progress.aside(|| {
                let sentence = "what Moodle misreads was not looked for: the file is above 64 MiB";
                // There is no one else to tell when this fails.
                let _ = writeln!(io::stderr(), "moodle-plan: {sentence}");
            });
            let open = || -> io::Result<_> {
                Ok(BufReader::with_capacity(PIECE, progress.counting(File::open(path)?)))
            };
            planner.plan_reader(open, site, found, &mut take).map_err(|error| match error {
                StreamError::Read(error) => early(&error),
                StreamError::Io(error) => error.to_string().into(),
                other => other.to_string().into(),
            })?;
            let mut head = Vec::new();
            File::open(path)?.take(HEAD).read_to_end(&mut head)?;
            recognise(Decoded::new(&head).text())
        }
    };
    match kind {
        Some(Kind::ImsEnterprise) => Ok(()),
        // Records without the beginning of a file are taken all the same.
        _ if any => Ok(()),
        Some(Kind::Lis) => Err("this is LIS, not IMS Enterprise".into()),
        _ => Err("this is not IMS Enterprise".into()),
    }
}

/// Why the reading ended early, with the place.
fn early(error: &ReadError) -> Failure {
    match error.diagnostic().position {
        Some(Position { line, column }) => format!("{line}:{column}: {error}").into(),
        None => error.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ims_enterprise::moodle::{Mode, Settings};

    /// Actions, site and findings of a sample; larger files than `held` bytes are read piece by piece.
    fn planned(name: &str, mode: Mode, held: u64) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
        let input = Input::open_up_to(&path, held).expect("a file");
        let settings = Settings {
            createnewusers: true,
            createnewcourses: true,
            createnewcategories: true,
            imsrestricttarget: "Lakeside Moodle".to_owned(),
            ..Settings::default()
        };
        let planner = Planner::new(settings).with_mode(mode);
        let (mut site, mut found) = (Site::new(), Collector::new());
        let mut said = Vec::new();
        plan(&planner, &input, &mut site, &mut found, &Progress::new(None), &mut |action| {
            said.push(format!("{action:?}"));
        })
        .expect("it can be planned");
        // What Moodle misreads is found in a text that is held.
        let mut found = found.into_sorted();
        found.retain(|finding| {
            !["IE-M2", "IE-M3"].iter().any(|area| finding.rule.code.starts_with(area))
        });
        format!("{said:#?}{:#?}{found:#?}", site.rows())
    }

    #[test]
    fn a_large_file_is_planned_as_a_small_one() {
        for name in ["moodle-plan/enrolments.xml", "ims-enterprise/nightly-with-faults.xml"] {
            for mode in [Mode::Compat, Mode::Fixed] {
                let held = planned(name, mode, u64::MAX);
                assert!(held == planned(name, mode, 0), "{name} {mode:?}");
                assert!(held.len() > 1000);
            }
        }
    }
}
