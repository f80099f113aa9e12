//! How the elements of the model are declared and read.
//!
//! `element!` takes an element as section 1 of the information model has it: attributes and children in
//! their order, each with its multiplicity. It makes the record type, the code that reads it in any
//! order and keeps what it does not know, and the walk that the rules take over it.
//!
//! | multiplicity | field | 1.1 |
//! | --- | --- | --- |
//! | `required` | `Option` | exactly one, with content |
//! | `blank` | `Option` | exactly one, may be empty |
//! | `optional` | `Option` | none or one |
//! | `some` | `Vec` | one or more |
//! | `many` | `Vec` | any number |
//! | `pile` | `Vec` | none or one; the field sends several and all are kept |
//! | `deviant` | `Option` | does not exist; the field has it |

use edu_diagnostics::Span;
use edu_syntax::xml::{Stop, Tag, Text};

use super::unit::Unit;
use crate::codes::{Coded, Vocabulary};
use crate::dates::Date;
use crate::model::{Extension, Other};
use crate::password::Password;

/// An element that can be read once its start tag has been.
pub(crate) trait Read<'t>: Default {
    /// Reads up to and with the end tag, into a fresh value where it is: large ones are not moved about.
    fn read_into(&mut self, unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<(), Stop>;
}

/// A child by its name, and whether 1.1 lacks it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Child {
    pub(crate) name: &'static str,
    pub(crate) deviant: bool,
}

impl Child {
    /// Whether this is the name. Most names differ in length or in the first letter, which is cheap to see.
    #[inline]
    pub(crate) fn is(&self, name: &str) -> bool {
        let (own, name) = (self.name.as_bytes(), name.as_bytes());
        own.len() == name.len() && own.first() == name.first() && own == name
    }
}

/// One item of an element, as the rules see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub(crate) name: &'static str,
    pub(crate) is_attribute: bool,
    /// Characters allowed, where a length is stated.
    pub(crate) max: Option<u32>,
    /// Must not be empty.
    pub(crate) filled: bool,
    /// Not part of 1.1.
    pub(crate) deviant: bool,
}

/// What walks over a record.
pub(crate) trait Visitor {
    fn text(&mut self, item: &Item, text: &Text<'_>);
    fn code<C: Vocabulary>(&mut self, item: &Item, code: &Coded<'_, C>);
    fn date(&mut self, item: &Item, date: &Date<'_>);
    fn password(&mut self, item: &Item, password: &Password<'_>);
    fn extension(&mut self, _item: &Item, _extension: &Extension<'_>) {}
    /// An element begins; a leaf holds text, which comes next.
    fn enter(&mut self, item: &Item, is_leaf: bool);
    fn leave(&mut self);
    /// An item that 1.1 requires is not there; `place` is the start tag's name.
    fn missing(&mut self, item: &Item, place: Span);
}

/// What can be walked over.
pub(crate) trait Visit {
    fn visit<V: Visitor>(&self, item: &Item, visitor: &mut V);
}

impl Visit for Text<'_> {
    fn visit<V: Visitor>(&self, item: &Item, visitor: &mut V) {
        visitor.text(item, self);
    }
}

impl<C: Vocabulary> Visit for Coded<'_, C> {
    fn visit<V: Visitor>(&self, item: &Item, visitor: &mut V) {
        visitor.code(item, self);
    }
}

impl Visit for Date<'_> {
    fn visit<V: Visitor>(&self, item: &Item, visitor: &mut V) {
        visitor.date(item, self);
    }
}

impl Visit for Password<'_> {
    fn visit<V: Visitor>(&self, item: &Item, visitor: &mut V) {
        visitor.password(item, self);
    }
}

/// A text without attributes of its own: any that it has go to the element around it.
impl<'t> Read<'t> for Text<'t> {
    fn read_into(&mut self, unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<(), Stop> {
        if unit.cursor.has_attributes() {
            unit.leaf_attributes(tag);
        }
        *self = unit.text()?;
        Ok(())
    }
}

impl<'t, C> Read<'t> for Coded<'t, C> {
    fn read_into(&mut self, unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<(), Stop> {
        let mut text = Text::default();
        text.read_into(unit, tag)?;
        *self = text.into();
        Ok(())
    }
}

impl<'t> Read<'t> for Date<'t> {
    fn read_into(&mut self, unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<(), Stop> {
        let mut text = Text::default();
        text.read_into(unit, tag)?;
        *self = text.into();
        Ok(())
    }
}

/// What seldom occurs is kept apart, so that records stay small.
impl<'t, T: Read<'t>> Read<'t> for Box<T> {
    fn read_into(&mut self, unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<(), Stop> {
        (**self).read_into(unit, tag)
    }
}

/// Reads one more value of a list.
pub(crate) fn read_onto<'t, T: Read<'t>>(
    list: &mut Vec<T>,
    unit: &mut Unit<'t, '_>,
    tag: Tag<'t>,
) -> Result<(), Stop> {
    list.push(T::default());
    let fresh = list.last_mut();
    fresh.map_or(Ok(()), |fresh| fresh.read_into(unit, tag))
}

impl<T: Visit> Visit for Box<T> {
    fn visit<V: Visitor>(&self, item: &Item, visitor: &mut V) {
        (**self).visit(item, visitor);
    }
}

/// Keeps what the texts inside an element left over.
pub(crate) fn take_leftovers<'t>(unit: &mut Unit<'t, '_>, other: &mut Vec<Other<'t>>) {
    if !unit.leftovers.is_empty() {
        other.append(&mut unit.leftovers);
    }
}

macro_rules! field_type {
    (some $Type:ty) => { Vec<$Type> };
    (many $Type:ty) => { Vec<$Type> };
    (pile $Type:ty) => { Vec<$Type> };
    ($multiplicity:ident $Type:ty) => { Option<$Type> };
}

/// Reads a child into its field.
macro_rules! read_child {
    ($unit:ident, $tag:ident, $record:ident, $field:ident, many) => {
        $crate::read::element::read_onto(&mut $record.$field, $unit, $tag)?
    };
    ($unit:ident, $tag:ident, $record:ident, $field:ident, some) => {{
        // Mostly there is exactly one, and room for four is a lot of memory to ask for.
        if $record.$field.is_empty() {
            $record.$field.reserve_exact(1);
        }
        $crate::read::element::read_onto(&mut $record.$field, $unit, $tag)?
    }};
    ($unit:ident, $tag:ident, $record:ident, $field:ident, pile) => {{
        if !$record.$field.is_empty() {
            $unit.repeated($tag);
        }
        $crate::read::element::read_onto(&mut $record.$field, $unit, $tag)?
    }};
    ($unit:ident, $tag:ident, $record:ident, $field:ident, $multiplicity:ident) => {
        if $record.$field.is_some() {
            $unit.repeated($tag);
            let element = $unit.cursor.element($tag)?;
            $record.other.push($crate::model::Other::Element(element));
        } else {
            $record.$field.insert(Default::default()).read_into($unit, $tag)?;
        }
    };
}

/// Walks over a field.
macro_rules! visit_field {
    ($self:ident, $visitor:ident, $item:expr, $field:ident, some) => {{
        if $self.$field.is_empty() {
            $visitor.missing($item, $self.element.name_span());
        }
        for value in &$self.$field {
            value.visit($item, $visitor);
        }
    }};
    ($self:ident, $visitor:ident, $item:expr, $field:ident, many) => {
        for value in &$self.$field {
            value.visit($item, $visitor);
        }
    };
    ($self:ident, $visitor:ident, $item:expr, $field:ident, pile) => {
        for value in &$self.$field {
            value.visit($item, $visitor);
        }
    };
    ($self:ident, $visitor:ident, $item:expr, $field:ident, required) => {
        match &$self.$field {
            Some(value) => value.visit($item, $visitor),
            None => $visitor.missing($item, $self.element.name_span()),
        }
    };
    ($self:ident, $visitor:ident, $item:expr, $field:ident, blank) => {
        match &$self.$field {
            Some(value) => value.visit($item, $visitor),
            None => $visitor.missing($item, $self.element.name_span()),
        }
    };
    ($self:ident, $visitor:ident, $item:expr, $field:ident, $multiplicity:ident) => {
        if let Some(value) = &$self.$field {
            value.visit($item, $visitor);
        }
    };
}

macro_rules! item {
    ($name:literal, $is_attribute:literal, $multiplicity:ident) => {
        &$crate::read::element::Item {
            name: $name,
            is_attribute: $is_attribute,
            max: const { $crate::lengths::longest($name) },
            filled: const { matches!(stringify!($multiplicity).as_bytes(), b"required") },
            deviant: const { matches!(stringify!($multiplicity).as_bytes(), b"deviant") },
        }
    };
}

/// Reads the attributes of the start tag into their fields.
macro_rules! read_attributes {
    ($unit:ident, $own_name:ident, $record:ident, $($attribute_name:literal => $attribute:ident,)*) => {
        let mut index = 0;
        while let Some(attribute) = $unit.cursor.attribute(index) {
            index += 1;
            match attribute.name() {
                $($attribute_name if $record.$attribute.is_none() => {
                    $record.$attribute = Some(attribute.value().into());
                })*
                name => {
                    $(
                        if name.eq_ignore_ascii_case($attribute_name) && $record.$attribute.is_none() {
                            $unit.letter_case(attribute.name_span(), name);
                            $record.$attribute = Some(attribute.value().into());
                            continue;
                        }
                    )*
                    // One that is given twice has been reported already.
                    let known: &[&str] = &[$($attribute_name),*];
                    if !known.contains(&name) {
                        $unit.unknown_attribute(attribute, $own_name);
                    }
                    $record.other.push($crate::model::Other::Attribute(attribute));
                }
            }
        }
    };
}

/// Declares an element with attributes and children.
macro_rules! element {
    (
        $(#[$meta:meta])*
        $Name:ident $name:literal {
            $(attributes {
                $($(#[$attribute_meta:meta])* $attribute:ident $attribute_name:literal $attribute_multiplicity:ident $AttributeType:ty,)+
            })?
            $(children {
                $($(#[$child_meta:meta])* $child:ident $child_name:literal $multiplicity:ident $ChildType:ty,)+
            })?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $Name<'t> {
            /// The element as it stands.
            pub element: Element<'t>,
            $($($(#[$attribute_meta])* pub $attribute: Option<$AttributeType>,)+)?
            $($($(#[$child_meta])* pub $child: field_type!($multiplicity $ChildType),)+)?
            /// What 1.1 does not have here, in the order found.
            pub other: Vec<Other<'t>>,
        }

        impl<'t> Read<'t> for $Name<'t> {
            fn read_into(&mut self, unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<(), Stop> {
                $(
                    #[expect(non_camel_case_types, reason = "named after the fields")]
                    enum Field { $($child,)+ }
                )?
                const CHILDREN: &[Child] = &[
                    $($(Child { name: $child_name, deviant: item!($child_name, false, $multiplicity).deviant },)+)?
                ];
                let record = self;
                let own_name = unit.local_name(tag);
                read_attributes!(unit, own_name, record, $($($attribute_name => $attribute,)+)?);
                let mut last = 0;
                while let Some(tag) = unit.child(&mut record.other)? {
                    let found = unit.find(CHILDREN, &mut last, tag);
                    $(
                        $(if found == Some(Field::$child as usize) {
                            read_child!(unit, tag, record, $child, $multiplicity);
                            $crate::read::element::take_leftovers(unit, &mut record.other);
                            continue;
                        })+
                    )?
                    debug_assert!(found.is_none(), "every child of the table is read above");
                    if !unit.unknown_element(tag, own_name, &mut record.other)? {
                        break;
                    }
                }
                record.element = unit.whole(tag);
                Ok(())
            }
        }

        impl Visit for $Name<'_> {
            fn visit<V: Visitor>(&self, item: &Item, visitor: &mut V) {
                visitor.enter(item, false);
                $($({
                    const ITEM: &Item = item!($attribute_name, true, $attribute_multiplicity);
                    visit_field!(self, visitor, ITEM, $attribute, $attribute_multiplicity);
                })+)?
                $($({
                    const ITEM: &Item = item!($child_name, false, $multiplicity);
                    visit_field!(self, visitor, ITEM, $child, $multiplicity);
                })+)?
                visitor.leave();
            }
        }
    };
}

/// Declares an element that holds a text and has attributes.
macro_rules! leaf {
    (
        $(#[$meta:meta])*
        $Name:ident $name:literal $Text:ty {
            $($(#[$attribute_meta:meta])* $attribute:ident $attribute_name:literal $attribute_multiplicity:ident $AttributeType:ty,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $Name<'t> {
            /// The element as it stands.
            pub element: Element<'t>,
            $($(#[$attribute_meta])* pub $attribute: Option<$AttributeType>,)+
            /// What stands in it.
            pub text: $Text,
            /// What 1.1 does not have here, in the order found.
            pub other: Vec<Other<'t>>,
        }

        impl Default for $Name<'_> {
            fn default() -> Self {
                Self {
                    element: Element::default(),
                    $($attribute: None,)+
                    text: Text::default().into(),
                    other: Vec::new(),
                }
            }
        }

        impl<'t> Read<'t> for $Name<'t> {
            fn read_into(&mut self, unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<(), Stop> {
                let record = self;
                let own_name = unit.local_name(tag);
                read_attributes!(unit, own_name, record, $($attribute_name => $attribute,)+);
                record.text = unit.text()?.into();
                record.element = unit.whole(tag);
                Ok(())
            }
        }

        impl Visit for $Name<'_> {
            fn visit<V: Visitor>(&self, item: &Item, visitor: &mut V) {
                visitor.enter(item, true);
                $({
                    const ITEM: &Item = item!($attribute_name, true, $attribute_multiplicity);
                    visit_field!(self, visitor, ITEM, $attribute, $attribute_multiplicity);
                })+
                visitor.leave();
                self.text.visit(item, visitor);
            }
        }
    };
}

pub(crate) use {element, field_type, item, leaf, read_attributes, read_child, visit_field};
