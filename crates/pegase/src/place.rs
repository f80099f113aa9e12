//! Where things stand in the texts of a maquette.

use edu_diagnostics::Span;
use edu_syntax::Locator;

use crate::alert::{Alert, Place};
use crate::json::{Fault, Json, Kind};
use crate::maquette::{At, Input, Maquette, Object};

/// Where an alert points: a value or, where a member is given, that member of the object that starts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    pub(crate) at: At,
    pub(crate) member: Option<Member>,
}

impl From<At> for Spot {
    fn from(at: At) -> Self {
        Self { at, member: None }
    }
}

/// A member of an object, wherever a shape has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Member {
    Code,
    ShortLabel,
    LongLabel,
    Description,
    Ects,
    Range,
}

impl Member {
    /// Its name, by itself or within a group of descriptors.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Code => &["code"],
            Self::ShortLabel => &["libelle", "libelleCourt"],
            Self::LongLabel => &["libelleLong"],
            Self::Description => &["description"],
            Self::Ects => &["ects", "creditEcts"],
            Self::Range => &["plageDeChoix", "plageMin", "plageMax", "plageChoix"],
        }
    }

    pub(crate) fn at(self, object: &Object<'_>) -> Spot {
        Spot { at: object.at, member: Some(self) }
    }
}

/// Gives alerts their places: paths and lines are worked out here, and only for what is reported.
pub(crate) fn locate(maquette: &Maquette<'_>, alerts: Vec<(Alert, Spot)>) -> Vec<Alert> {
    let mut spots: Vec<(Spot, usize)> =
        alerts.iter().enumerate().map(|(number, (_, spot))| (*spot, number)).collect();
    spots.sort_unstable();
    let mut alerts: Vec<Alert> = alerts.into_iter().map(|(alert, _)| alert).collect();
    for of_one_input in spots.chunk_by(|(a, _), (b, _)| a.at.input == b.at.input) {
        let Some((Spot { at: At { input, .. }, .. }, _)) = of_one_input.first().copied() else {
            continue;
        };
        let Some(decoded) = maquette.inputs.get(input.index()) else { continue };
        // Walks over objects in each other, the outermost first.
        let mut walks: Vec<Walk<'_>> = Vec::new();
        let mut found = Vec::with_capacity(of_one_input.len());
        for &(spot, number) in of_one_input {
            // Of details that were read to a structure the objects are gone.
            let object = Some(spot.at.span).filter(|_| input == Input::Maquette);
            let object = object.and_then(|span| maquette.around(span));
            let start = object.map_or(0, |id| maquette.objects[id.index()].at.span.start);
            let path = || object.map_or_else(|| "$".to_owned(), |id| maquette.json_path(id));
            let is_object = object.is_some() && spot.at.span.start == start;
            if is_object && spot.member.is_none() {
                found.push(((spot.at.span, path()), number));
                continue;
            }
            // Spots ascend: what ended before this one is done.
            while walks.pop_if(|walk| walk.end <= spot.at.span.start).is_some() {}
            if walks.last().is_none_or(|walk| walk.start != start) {
                let end = object.map_or(u64::MAX, |id| maquette.objects[id.index()].at.span.end);
                walks.push(Walk::new(decoded.text(), Span::new(start, end), path()));
            }
            let Some(walk) = walks.last_mut() else { continue };
            found.push((walk.to(spot), number));
        }
        found.sort_unstable_by_key(|((span, _), number)| (span.start, *number));
        let mut locator = Locator::new();
        for ((span, json_path), number) in found {
            let (span, position) = locator.place(span, *decoded);
            alerts[number].place = Some(Place { input, span, position, json_path });
        }
    }
    alerts
}

/// A walk over one value of a text, by which the paths of values in it are found.
struct Walk<'t> {
    json: Json<'t>,
    /// Where the value starts and ends in the text.
    start: u64,
    end: u64,
    path: String,
    /// Whether the walk stands before a value.
    is_before: bool,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, Span { start, end }: Span, path: String) -> Self {
        let rest = usize::try_from(start).ok().and_then(|start| text.get(start..));
        Self { json: Json::new(rest.unwrap_or_default()), start, end, path, is_before: true }
    }

    /// A value and its path. Values come in the order in which they start.
    fn to(&mut self, spot: Spot) -> (Span, String) {
        // The text was read before: it is JSON.
        while let Ok(true) = self.advance(spot.at.span.start - self.start) {}
        let member = spot.member.and_then(|member| self.member(member).ok().flatten());
        let below = |path: &str| path.trim_start_matches('$').to_owned();
        let path = self.path.clone() + &below(&self.json.path());
        match member {
            Some((Span { start, end }, inner)) => {
                (Span::new(start + self.start, end + self.start), path + &below(&inner))
            }
            None => (spot.at.span, path),
        }
    }

    /// A member of the object that is next, or of one of its groups of descriptors, and the path from the object.
    fn member(&self, member: Member) -> Result<Option<(Span, String)>, Fault> {
        let mut ahead = self.json.ahead();
        if ahead.peek()? != Kind::Object {
            return Ok(None);
        }
        let mut is_in_group = false;
        ahead.enter()?;
        loop {
            match ahead.member()? {
                None if is_in_group => is_in_group = false,
                None => return Ok(None),
                Some(name) if member.names().contains(&&*name) => {
                    ahead.peek()?;
                    let start = ahead.at();
                    ahead.skip()?;
                    return Ok(Some((ahead.span(start), ahead.path())));
                }
                Some(name) => {
                    let is_group = !is_in_group && name.starts_with("descripteurs");
                    if is_group && ahead.peek()? == Kind::Object {
                        is_in_group = true;
                        ahead.enter()?;
                    } else {
                        ahead.skip()?;
                    }
                }
            }
        }
    }

    /// Goes on to the next value, unless that is the one; whether it did.
    fn advance(&mut self, start: u64) -> Result<bool, Fault> {
        if self.is_before {
            let kind = self.json.peek()?;
            if self.json.at() as u64 >= start {
                return Ok(false);
            }
            match kind {
                Kind::Object | Kind::Array => self.json.enter()?,
                _ => self.json.skip()?,
            }
        }
        self.is_before = match self.json.is_in_object() {
            Some(true) => self.json.member()?.is_some(),
            Some(false) => self.json.element()?,
            None => return Ok(false),
        };
        Ok(true)
    }
}
