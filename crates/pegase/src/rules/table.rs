//! The rules.

edu_diagnostics::rules! {
    examples "../../rules/" ".json"

    NOT_JSON "PG-F01" "not-json" Error
        summary "The text is not JSON, or is cut off."
        message "not JSON at {path}: {what}"
        help "fetch the answer again, or repair the file at this place"
        explanation "Nothing can be said about what a text would be that cannot be read. The path is that of the value where the reading stopped."

    NOT_A_MAQUETTE "PG-F02" "not-a-maquette" Error
        summary "The text is JSON, but none of the shapes of a maquette."
        message "expected {expected}, found {found}"
        help "give an answer of the ODF API (`maquette`, `objets-maquette`), a file of the import function, or a tree of the MOF extraction"
        explanation "A maquette is recognised by its members: `racine`, `descripteursObjetMaquette`, `enfants`, `arbreFormation`. The tree of a learner (CHC module) looks alike, and is another thing."

    ENCODING "PG-F03" "encoding" Warning
        summary "The text is not in UTF-8."
        message "the text was read as {encoding}"
        help "save the file in UTF-8"
        explanation "JSON is exchanged in UTF-8 (RFC 8259, section 8.1). Pégase writes nothing else, so that the file was changed on its way."

    MALFORMED "PG-F04" "malformed-characters" Error
        summary "Bytes stand for no character of the encoding."
        message "{count} characters are damaged in {encoding}; they were read as U+FFFD"
        help "fetch the answer again"
        explanation "Half a character is left over, mostly because a program cut the file at a number of bytes. The place is that of the first one."

    TOO_DEEP "PG-F05" "too-deep" Error
        summary "There are more levels of objects than the limit allows."
        message "below `{object}` there are more than {limit} levels; they were left out"
        help "look at what stands here; raise the limit if it is right"
        explanation "Real maquettes have about ten levels. A limit keeps a damaged or hostile text from asking for a tree that nobody can look at."

    DETAILS_MISSING "PG-F06" "details-missing" Info
        summary "The structure of a maquette is there without the details of its objects."
        message "`{object}` has no details: types of formation, choice ranges, descriptions and the SISE survey are not known"
        help "fetch the objects as well (`GET …/objets-maquette/ID`) and give both"
        explanation "The structure answer of the ODF API names type, code, short label and credits of each object and nothing else. What it does not say is left empty, never guessed (decision D41)."

    UNREACHABLE_OBJECT "PG-F07" "unreachable-object" Warning
        summary "No formation leads to an object of the details."
        message "nothing leads to `{object}`; it was left out"
        help "give the details of one formation, or the missing parents as well"
        explanation "Details name their children by id. Beside a formation, an object that no other object names belongs to something that was not fetched."

    CODE_MISSING "PG-V01" "code-missing" Warning
        summary "An object has no code."
        message "an object has no code; `{object}` stands in for it"
        help "give the object a code in Pégase"
        explanation "The code is what an object is recognised by: shared objects within an import, and the content at the next synchronisation. The identifier of the object stands in for it, or its number, and the content gets no synchronization code (decision D28)."

    SYNC_CODE_INVALID "PG-V02" "sync-code-invalid" Warning
        summary "A code does not have the form that Pégase asks for."
        message "`{object}` is no code of Pégase: expected 1 to 30 of `A` to `Z`, `0` to `9` and `-`"
        help "correct the code in Pégase; it is kept as it is"
        explanation "Codes are capital letters without accents, digits and hyphens. A code is never changed in silence (decision D22): with this one, an export would be blocked."

    LABEL_TOO_LONG "PG-V03" "label-too-long" Warning
        summary "A text is longer than Pégase allows."
        message "`{member}` of `{object}` has {length} characters; {limit} are allowed"
        help "shorten the text; it is kept as it is"
        explanation "Short labels have at most 50 characters, long labels 150, descriptions 2,000. A longer one did not come out of Pégase, and an export would cut it."

    CONTROL_CHARACTER "PG-V04" "control-character" Info
        summary "A text has a control character in it."
        message "`{member}` of `{object}` contains {character}"
        help "remove the character"
        explanation "Titles and codes are lines of text. Such characters come from copying out of other programs; some of them steer terminals, so that this family never shows them as they are."

    VALUE_NOT_READABLE "PG-V05" "value-not-readable" Warning
        summary "A value is not what its member holds."
        message "{path} of `{object}` is {value}; expected {expected}"
        help "correct the value; the field stays empty"
        explanation "Unknown members, nulls and members that are not there are accepted (decision D28). A value of another kind is passed over, and the rest of the object is read."

    CYCLE "PG-S01" "cycle" Error
        summary "A link leads back to an object above it."
        message "`{parent}` holds `{object}`, which is above it; the link was left out"
        help "remove the link in Pégase"
        explanation "A maquette is a graph without cycles. Only the link is left out; everything else is imported (decision D39)."

    DANGLING_CHILD "PG-S02" "dangling-child" Error
        summary "A link names a child that is not there."
        message "`{parent}` names {child}, which is not there"
        help "fetch the details of that object as well"
        explanation "Details name their children by id. Only the link is left out; everything else is imported (decision D39)."

    CHILD_REPEATED "PG-S03" "child-repeated" Info
        summary "A parent holds the same child twice."
        message "`{parent}` holds `{object}` twice; it was linked once"
        help "remove one of the links"
        explanation "The same object below the same parent means nothing more than once."

    SHARED_NODE_DIFFERS "PG-S04" "shared-node-differs" Warning
        summary "Two objects have the same code and are not the same."
        message "`{object}` is there a second time with another {members}; the first one counts"
        help "give the objects different codes, or make them the same"
        explanation "Within an import an object is recognised by its code (decision D24). Pégase repeats a shared object on each path with the same data, so that a difference means that the text was made or changed by hand."

    CHOICE_RANGE_INVALID "PG-S05" "choice-range-invalid" Warning
        summary "A choice range contradicts itself, or asks for more children than there are."
        message "`{object}` asks to choose {range} of {children}"
        help "correct the range in Pégase; it is kept as it is"
        explanation "The smallest number must not exceed the largest, nor the largest the number of children. The numbers are kept as they were read; an export would be blocked (decision D8)."

    OP_WITHOUT_GROUPING "PG-I01" "op-without-grouping" Warning
        summary "Objects of teaching stand in no grouping."
        message "the list `{list}` was made for {objects}, found below `{object}` without a grouping"
        help "put them into a grouping in Pégase, or accept the list"
        explanation "In Ametys a course stands in a list and nowhere else. One list is made for all objects of teaching of a level, at the place of the first of them (rule I5)."

    NON_OP_IN_OP_GROUPING "PG-I02" "non-op-in-op-grouping" Warning
        summary "A grouping of objects of teaching holds something else, too."
        message "`{object}` is no object of teaching and stands in the grouping `{grouping}`; it was left out with all below it"
        help "move it out of the grouping in Pégase"
        explanation "A grouping with objects of teaching becomes a list of courses, which holds nothing but courses (rule I7)."

    CHILD_NOT_ALLOWED "PG-I03" "child-not-allowed" Warning
        summary "The parent may not hold this in Ametys."
        message "`{object}` would be a {target} below `{parent}`, which may not hold one; it was left out with all below it"
        help "move it in Pégase"
        explanation "Below a course there are only lists of courses; nothing holds a program (rule I10, decision D6)."

    UNKNOWN_OBJECT_TYPE "PG-I04" "unknown-object-type" Warning
        summary "The type of an object belongs to no known category."
        message "`{object}` has {type}; it was left out with all below it"
        help "say which category the type belongs to (`object_types`)"
        explanation "Institutions add types to the eight that Pégase delivers. What becomes of an object depends on the category of its type (rule I11, decision D7)."

    EMPTY_GROUPING "PG-I05" "empty-grouping" Warning
        summary "A grouping holds nothing."
        message "the grouping `{object}` is empty; it became a container without nature"
        help "fill or remove the grouping in Pégase"
        explanation "Whether a grouping becomes a list or a container depends on what it holds (rule I9, decision D9)."

    AUTO_LIST_MIXED_OBLIGATION "PG-I06" "auto-list-mixed-obligation" Warning
        summary "Of the objects for which a list was made, some are obligatory and some are not."
        message "`{list}` became a mandatory list, although these of its objects are optional: {optional}"
        help "put the optional ones into a grouping of their own in Pégase"
        explanation "One list is made for a level, and a list has one type (decision D5)."

    CONTEXTUAL_OVERRIDE_IGNORED "PG-I07" "contextual-override-ignored" Info
        summary "A value holds for one path only."
        message "`{member}` of `{object}` is {value} on one path; the value of the object itself was taken"
        help "check that the value of the object is the right one"
        explanation "Pégase can override credits, nature and choice range for a path. A course of Ametys has one value everywhere (decision D10)."

    CHOICE_RANGE_DROPPED "PG-I08" "choice-range-dropped" Info
        summary "A grouping with a choice range became a container."
        message "the grouping `{object}` asks to choose {range} of what it holds; the container that it became has no range"
        help "nothing has to be done; the range is kept for the way back"
        explanation "Only lists of courses have a choice range in Ametys (rule I8, decision D35)."

    UNMATCHED_REFERENCE "PG-I09" "unmatched-reference" Warning
        summary "No entry of a reference table stands for a code."
        message "no entry of {table} stands for `{code}`{reason}"
        help "enter the code as the Pégase code of an entry, or in the conversion file of the table"
        explanation "A code is looked for among the Pégase codes of the table, in its conversion file, and among its Ametys codes. Without a match the field stays empty; a field with several values keeps those that matched (seed, matching mechanism)."

    ARCHIVED_REFERENCE "PG-I10" "archived-reference" Info
        summary "The entry that stands for a code is archived."
        message "`{code}` stands for `{entry}` of {table}, which is archived"
        help "give the Pégase code to an entry that is in use"
        explanation "An archived entry cannot be chosen any more; values that name it stay."

    NOT_ALLOWED_BY_POLICY "PG-I11" "not-allowed-by-policy" Warning
        summary "The user may not do this to a content of this kind."
        message "no right to {action} the {target} `{object}`; it was left out with all below it"
        help "ask for the right, or let somebody run the import who has it"
        explanation "Rights to import and to synchronise are granted for each kind of content, for the whole offer, for single programmes or for a component. A refused content stops what is below it (decision D21)."

    CODE_TAKEN "PG-I12" "code-taken" Info
        summary "The code for a new content is taken."
        message "what is made for `{object}` is called `{code}`, for another one has the code that it would have had"
        help "choose another suffix for lists that have to be made, or change the code of the other one"
        explanation "Codes are unique in a catalogue. A number was added. It happens to lists that have to be made, and in a synchronisation where a content with another synchronization code has the code."

    TYPE_MISSING "PG-I13" "type-missing" Info
        summary "A formation has no type."
        message "the formation `{object}` has no type: whether it leads to a diploma is not known"
        help "give the formation a type in Pégase"
        explanation "The type of a formation, 0, 1 or 2, becomes the nature of the diploma. A formation of type 2 has none, and so has one whose type is not known: they look alike in Ametys (decision D41)."
}
