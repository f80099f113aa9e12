//! The state of a reading, and the walk over objects that are nested in each other.

use std::borrow::Cow;
use std::collections::HashMap;

use edu_syntax::Decoded;

use super::{Limits, nested, structure, tree};
use crate::json::{Fault, Json, Kind};
use crate::maquette::{
    At, Child, Holder, Input, Issue, IssueKind, Link, List, Maquette, MissingChild, Object,
    ObjectId, ObjectKind, Shape,
};

/// How many characters of a value that cannot be read are kept.
const EXCERPT: usize = 100;

/// A maquette being read.
pub(super) struct Reading<'t> {
    pub(super) json: Json<'t>,
    pub(super) shape: Shape,
    pub(super) limits: Limits,
    pub(super) input: Input,
    pub(super) objects: Vec<Object<'t>>,
    pub(super) roots: Vec<ObjectId>,
    tops: Vec<(ObjectId, String)>,
    /// What `plageChoix` says of an object, which counts more than bounds that stand beside it.
    pub(super) ranges: Vec<(ObjectId, bool)>,
    pub(super) issues: Vec<Issue>,
    /// The objects that the walk is in.
    pub(super) above: Vec<ObjectId>,
    /// Links that name their child and do not hold it, or not yet.
    pub(super) named: Vec<Named<'t>>,
    missing: Vec<MissingChild<'t>>,
}

/// A link that names its child by id.
pub(super) struct Named<'t> {
    pub(super) holder: ObjectId,
    /// Which of the links of the holder.
    pub(super) link: usize,
    pub(super) child: MissingChild<'t>,
}

/// What a member of an object turned out to be.
pub(super) enum Next {
    /// It is read.
    Done,
    /// It is a list of children, and is not read yet.
    Children(List),
}

/// What the walk is in.
enum Frame {
    Object { id: ObjectId, start: usize },
    List { holder: ObjectId, list: List },
    Link { holder: ObjectId, link: usize, start: usize, has_child: bool },
}

type Result<T> = std::result::Result<T, Fault>;

impl<'t> Reading<'t> {
    pub(super) fn new(text: &'t str, shape: Shape, limits: Limits, input: Input) -> Self {
        Self {
            json: Json::new(text),
            shape,
            limits,
            input,
            objects: Vec::new(),
            roots: Vec::new(),
            tops: Vec::new(),
            ranges: Vec::new(),
            issues: Vec::new(),
            above: Vec::new(),
            named: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Reads each object of the list that is next, as a root.
    pub(super) fn each(&mut self) -> Result<()> {
        self.json.enter()?;
        while self.json.element()? {
            self.root(None)?;
        }
        Ok(())
    }

    /// Reads the object that is next, with all that it holds, as a root.
    pub(super) fn root(&mut self, kind: Option<ObjectKind>) -> Result<()> {
        if self.json.peek()? != Kind::Object {
            return self.json.skip();
        }
        let id = ObjectId::new(self.objects.len());
        self.roots.push(id);
        self.tops.push((id, self.json.path()));
        let mut frames = vec![self.open(kind, None)?];
        while let Some(frame) = frames.last_mut() {
            let next = match frame {
                Frame::Object { id, start } => {
                    let (id, start) = (*id, *start);
                    match self.json.member()? {
                        None => {
                            self.objects[id.index()].at = self.since(start);
                            self.above.pop();
                            None
                        }
                        Some(name) => match self.member(id, &name)? {
                            Next::Children(list) if self.begins(id, Kind::Array, "a list")? => {
                                self.json.enter()?;
                                Some(Frame::List { holder: id, list })
                            }
                            _ => continue,
                        },
                    }
                }
                Frame::List { holder, list } => {
                    let (holder, list) = (*holder, *list);
                    if !self.json.element()? {
                        None
                    } else if !self.begins(holder, Kind::Object, "an object")? {
                        continue;
                    } else {
                        let link = self.links(holder).len();
                        let child = Child::LeftOut;
                        self.links(holder).push(Link { mandatory: None, child });
                        match list {
                            List::Links => {
                                let start = self.json.at();
                                self.json.enter()?;
                                Some(Frame::Link { holder, link, start, has_child: false })
                            }
                            List::Objects | List::Groupings => {
                                match self.child(holder, link, list)? {
                                    None => continue,
                                    child => child,
                                }
                            }
                        }
                    }
                }
                Frame::Link { holder, link, start, has_child } => {
                    let (holder, link) = (*holder, *link);
                    match self.json.member()?.as_deref() {
                        None => {
                            let (at, has_child) = (self.since(*start), *has_child);
                            self.close_link(holder, link, at, has_child);
                            None
                        }
                        Some("obligatoire") => {
                            self.links(holder)[link].mandatory = self.flag(holder)?;
                            continue;
                        }
                        Some("id") => {
                            let id = self.text(holder)?.unwrap_or_default();
                            self.name(holder, link, id);
                            continue;
                        }
                        Some("objetMaquette") => {
                            if !self.begins(holder, Kind::Object, "an object")? {
                                continue;
                            }
                            let link = if std::mem::replace(has_child, true) {
                                // The member is there twice: two children.
                                let twice = self.links(holder)[link];
                                self.links(holder).push(twice);
                                self.links(holder).len() - 1
                            } else {
                                link
                            };
                            match self.child(holder, link, List::Links)? {
                                None => continue,
                                child => child,
                            }
                        }
                        Some(_) => {
                            self.json.skip()?;
                            continue;
                        }
                    }
                }
            };
            match next {
                Some(frame) => frames.push(frame),
                None => _ = frames.pop(),
            }
        }
        Ok(())
    }

    /// Goes into the object that is next.
    fn open(&mut self, kind: Option<ObjectKind>, holder: Option<Holder>) -> Result<Frame> {
        let start = self.json.at();
        self.json.enter()?;
        let id = ObjectId::new(self.objects.len());
        let at = self.since(start);
        self.objects.push(Object::new(kind, at, holder));
        self.above.push(id);
        Ok(Frame::Object { id, start })
    }

    /// Goes into the object that a link holds, unless it is too deep: then it is left out.
    fn child(&mut self, holder: ObjectId, link: usize, list: List) -> Result<Option<Frame>> {
        let limit = self.limits.depth;
        if self.above.len() >= limit as usize {
            let start = self.json.at();
            self.json.skip()?;
            let at = self.since(start);
            self.issue(holder, IssueKind::TooDeep { limit }, at);
            // The link stays, and leads nowhere: other members of it may follow, and the holder is not empty.
            self.links(holder)[link].child = Child::LeftOut;
            return Ok(None);
        }
        self.links(holder)[link].child = Child::Object(ObjectId::new(self.objects.len()));
        let kind = match list {
            List::Links => None,
            List::Objects => Some(ObjectKind::Object),
            List::Groupings => Some(ObjectKind::Grouping),
        };
        let holder = Holder { id: holder, list, index: self.json.index() };
        self.open(kind, Some(holder)).map(Some)
    }

    /// A link is read.
    fn close_link(&mut self, holder: ObjectId, link: usize, at: At, has_child: bool) {
        let is_this = |named: &&mut Named<'_>| named.holder == holder && named.link == link;
        if has_child {
            // Named or not, it is there: or it was too deep.
            while self.named.pop_if(|named| is_this(&named)).is_some() {}
        } else if let Some(named) = self.named.last_mut().filter(is_this) {
            named.child.at = at;
        } else {
            let child = MissingChild { id: Cow::Borrowed(""), at };
            self.named.push(Named { holder, link, child });
        }
    }

    /// Notes that a link names its child; of several names the last one counts.
    fn name(&mut self, holder: ObjectId, link: usize, id: Cow<'t, str>) {
        self.named.pop_if(|named| named.holder == holder && named.link == link);
        let at = self.since(self.json.at());
        self.named.push(Named { holder, link, child: MissingChild { id, at } });
    }

    fn links(&mut self, holder: ObjectId) -> &mut Vec<Link> {
        &mut self.objects[holder.index()].children
    }

    fn member(&mut self, id: ObjectId, name: &str) -> Result<Next> {
        match self.shape {
            Shape::Nested | Shape::Details => nested::member(self, id, name),
            Shape::Structure => structure::member(self, id, name),
            Shape::Tree => tree::member(self, id, name),
        }
    }

    /// Whether the next value is of a kind; otherwise it is passed over, and reported unless it is null.
    pub(super) fn begins(
        &mut self,
        object: ObjectId,
        kind: Kind,
        expected: &'static str,
    ) -> Result<bool> {
        let found = self.json.peek()?;
        if found == kind {
            return Ok(true);
        }
        let start = self.json.at();
        self.json.skip()?;
        if found != Kind::Null {
            self.not_readable(object, start, expected);
        }
        Ok(false)
    }

    /// Reports the value that was read last.
    pub(super) fn not_readable(&mut self, object: ObjectId, start: usize, expected: &'static str) {
        let value = self.json.since(start).chars().take(EXCERPT).collect();
        let at = self.since(start);
        self.issue(object, IssueKind::NotReadable { value, expected }, at);
    }

    fn issue(&mut self, object: ObjectId, kind: IssueKind, at: At) {
        self.issues.push(Issue { object, kind, at });
    }

    /// The place of the value that was read last.
    pub(super) fn since(&self, start: usize) -> At {
        At { input: self.input, span: self.json.span(start) }
    }

    /// The end of the text.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.json.finish()
    }

    /// All is read: links that name their child find it.
    pub(super) fn into_maquette(mut self, decoded: &'t Decoded<'t>) -> Maquette<'t> {
        let named = std::mem::take(&mut self.named);
        let mut ids = HashMap::new();
        if !named.is_empty() {
            for (at, object) in self.objects.iter().enumerate() {
                if let Some(id) = &object.id {
                    ids.entry(id.clone()).or_insert(ObjectId::new(at));
                }
            }
        }
        for Named { holder, link, child } in named {
            // What a link holds counts more than what it names.
            if matches!(self.links(holder)[link].child, Child::Object(_)) {
                continue;
            }
            let found = match ids.get(&child.id) {
                Some(&object) if !child.id.is_empty() => Child::Object(object),
                _ => {
                    self.missing.push(child);
                    Child::Missing(self.missing.len() - 1)
                }
            };
            self.links(holder)[link].child = found;
        }
        if self.shape == Shape::Tree {
            tree::finish(&mut self.objects, &self.ranges);
        }
        Maquette {
            shape: self.shape,
            objects: self.objects,
            roots: self.roots,
            missing: self.missing,
            issues: self.issues,
            inputs: vec![decoded],
            limits: self.limits,
            tops: self.tops,
            details: HashMap::new(),
        }
    }
}

impl Object<'_> {
    fn new(kind: Option<ObjectKind>, at: At, holder: Option<Holder>) -> Self {
        Self {
            id: None,
            code: Cow::Borrowed(""),
            kind,
            object_type: None,
            category: None,
            nature: None,
            short_label: None,
            long_label: None,
            ects: None,
            description: None,
            range: None,
            structure: None,
            internship: None,
            shared: None,
            sise: None,
            overrides: Vec::new(),
            children: Vec::new(),
            at,
            holder,
        }
    }
}
