//! The rules.

edu_diagnostics::rules! {
    examples "../../rules/" ".xml"

    NOT_UTF8 "IE-E01" "not-utf8" Error
        summary "Bytes are not UTF-8, and no other encoding is declared."
        message "{count} bytes of the file are not UTF-8; they were read as windows-1252"
        help "declare the encoding that the file is written in, or write it in UTF-8"
        explanation "Without a declaration XML is UTF-8. A strict parser refuses the file here; this one reads each such byte as windows-1252, which is right for files in Latin-1. The place is that of the first such byte."

    UTF8_UNDER_DECLARATION "IE-E02" "utf8-under-other-declaration" Warning
        summary "Another encoding is declared, but the bytes are UTF-8."
        message "the file declares {found} but is written in UTF-8"
        help "declare UTF-8"
        explanation "A reader that believes the declaration shows `Ã©` for `é`. The file was read as UTF-8. Some exporters copy an ISO-8859-1 declaration from the Moodle example and write UTF-8."

    WRONG_DECLARATION "IE-E03" "wrong-encoding-declared" Warning
        summary "The declared encoding contradicts the byte order of the file."
        message "the file declares {found} but is written in {encoding}"
        help "declare the encoding that the file is written in"
        explanation "The byte order mark, or the missing zero bytes of UTF-16, show what the file is written in; the declaration was passed over."

    UNKNOWN_DECLARATION "IE-E04" "unknown-encoding-declared" Warning
        summary "The declared encoding is not known."
        message "`{found}` is no known encoding; the file was read as UTF-8"
        help "declare UTF-8, and write it"
        explanation "The names are those of the WHATWG Encoding Standard, which has all that are in use."

    MALFORMED "IE-E05" "malformed-characters" Error
        summary "Bytes stand for no character of the encoding."
        message "{count} characters are damaged in {encoding}; they were read as U+FFFD"
        help "export the file again"
        explanation "Half a character is left over, mostly because a program cut the file at a number of bytes. The place is that of the first one."

    BARE_AMPERSAND "IE-X01" "bare-ampersand" Error
        summary "A `&` starts no reference."
        message "`&` stands by itself"
        help "write `&amp;`"
        explanation "The file is not well-formed here and a strict parser refuses the whole of it. The `&` was read as itself. Titles such as `Ethics & Governance` come out of a database without being escaped."

    UNKNOWN_ENTITY "IE-X02" "unknown-entity" Error
        summary "A reference names an entity that XML does not predefine."
        message "`&{name};` is none of the five entities of XML"
        help "write the character itself, or its number"
        explanation "Entities are never expanded, whatever a document type declares: that is how files attack their readers. The reference was kept as it stands. `&nbsp;` and `&eacute;` are HTML."

    BAD_CHARACTER_REFERENCE "IE-X03" "bad-character-reference" Error
        summary "A numeric reference stands for no character that XML allows."
        message "the reference stands for no character that XML allows"
        help "leave it out"
        explanation "The reference was kept as it stands."

    BARE_LESS_THAN "IE-X04" "bare-less-than" Error
        summary "A `<` starts no markup."
        message "`<` stands by itself"
        help "write `&lt;`"
        explanation "The file is not well-formed here. The `<` was read as itself."

    UNCLOSED "IE-X05" "unclosed-element" Error
        summary "An element has no end tag."
        message "`{name}` was not closed before this"
        help "close it where it ends"
        explanation "The element was taken to end here: with the element around it, or where the next record begins. What follows belongs to no part of it."

    STRAY_END_TAG "IE-X06" "stray-end-tag" Error
        summary "An end tag closes nothing."
        message "no `{name}` is open here"
        help "remove the end tag, or open the element"
        explanation "The end tag was passed over."

    END_TAG_CASE "IE-X07" "end-tag-case" Error
        summary "An end tag differs from its start tag in letter case."
        message "`{name}` is written in another letter case than its start tag"
        help "write both tags alike"
        explanation "Names in XML differ by letter case. The tag was taken as the end that is missing."

    DUPLICATE_ATTRIBUTE "IE-X08" "duplicate-attribute" Error
        summary "An attribute is given twice."
        message "the attribute `{name}` is given twice"
        help "remove one of the two"
        explanation "The first one counts; the second one is kept beside."

    BAD_ATTRIBUTE "IE-X09" "bad-attribute" Error
        summary "A tag is damaged: an attribute without quotes or value, or other text in it."
        message "the tag is damaged here"
        help "write attributes as `name=\"value\"` with white space between them"
        explanation "What can be understood was read. A missing quote ends at the end of its tag."

    BAD_NAME "IE-X10" "bad-name" Error
        summary "A name holds a character that no name may hold."
        message "`{name}` is no name of XML"
        help "use letters, digits, `-`, `_` and `.`"
        explanation "The name was read as it stands."

    CONTROL_CHARACTER "IE-X11" "control-character" Error
        summary "A control character that XML does not allow."
        message "a control character stands here"
        help "remove it"
        explanation "Such characters come from terminals and from copying. A strict parser refuses the file; here the character was kept."

    CDATA_END_IN_TEXT "IE-X12" "cdata-end-in-text" Error
        summary "`]]>` stands in a text."
        message "`]]>` stands in a text"
        help "write `]]&gt;`"
        explanation "XML forbids it so that sections that were never opened are noticed. It was kept."

    BAD_COMMENT "IE-X13" "double-hyphen-in-comment" Warning
        summary "`--` stands in a comment."
        message "`--` stands in a comment"
        help "write a single hyphen"
        explanation "XML forbids it; strict parsers refuse the file. The comment was passed over."

    LATE_DECLARATION "IE-X14" "late-declaration" Error
        summary "An XML declaration does not stand at the very start."
        message "the XML declaration is not at the very start of the file"
        help "remove what stands before it"
        explanation "Even an empty line before the declaration makes the file not well-formed. Its encoding counts all the same."

    UNDECLARED_PREFIX "IE-X15" "undeclared-prefix" Warning
        summary "A prefix is used that is not declared."
        message "the prefix `{name}` is not declared before this"
        help "declare it with `xmlns:` and the namespace"
        explanation "Readers that know namespaces refuse the file. Each prefix is reported once."

    DOCTYPE "IE-F01" "doctype" Info
        summary "A document type is declared."
        message "the document type was passed over; nothing in it is fetched or expanded"
        help "nothing, unless the receiver refuses document types"
        explanation "The type was never served reliably, and fetching it or expanding its entities is how files attack their readers."

    FRAGMENT "IE-F02" "record-without-root" Info
        summary "Records stand in the file without an `enterprise` element around them."
        message "`{found}` stands without an `enterprise` element around it"
        help "put all records of a file into one `enterprise` element"
        explanation "Message brokers send single records, and examples in documentation show them. Reported once; where a second record follows, the file is not well-formed, which `IE-F04` says."

    WRAPPED "IE-F03" "root-inside-other-element" Info
        summary "The data stand inside an element of another format."
        message "`{found}` stands inside an element of another format"
        help "nothing, unless the receiver reads plain files only"
        explanation "A SOAP envelope, for example."

    AFTER_ROOT "IE-F04" "content-after-root" Error
        summary "Something stands after the end of the outermost element."
        message "something stands after the end of the file's outermost element"
        help "move records before the last end tag"
        explanation "The file is not well-formed and a strict parser refuses it; many others never see what stands there. Records there were read. Reported once."

    SEVERAL_ROOTS "IE-F05" "several-roots" Error
        summary "The file holds more than one `enterprise` element."
        message "another `{found}` begins here"
        help "send one file for each, or one `enterprise` element for all"
        explanation "Files were run together. The file is not well-formed; every part was read."

    TRUNCATED "IE-F06" "truncated" Error
        summary "The input ends too early."
        message "the input ends inside {name}"
        help "send the file again, and check its size at both ends"
        explanation "Every record that was complete has been read; the one that was not is left out. An export that broke off, or a transfer that did, looks like this, and a receiver that takes a missing record for a deletion will do damage."

    LIMIT "IE-F07" "limit-exceeded" Error
        summary "The file asks for more than the limits of the reader allow."
        message "the limit on the {what} ({limit}) is exceeded; the reading ended here"
        help "raise the limit if the file is to be trusted"
        explanation "Depth of elements, number of attributes, size of one text (`token`) and of one record, and the damaged places of one record (`faults`) are bounded, so that a file made to do harm ends here and not in the memory of the machine."

    NO_RECORD "IE-F08" "no-record" Info
        summary "The file holds no record."
        message "the file holds no person, group or membership"
        help "check whether the export ran"
        explanation "In a night without changes this is as it should be; for a full export it is not."

    NO_ELEMENT "IE-F09" "no-element" Error
        summary "The file holds no element at all."
        message "the file holds no element"
        help "check whether the export ran, and whether the transfer was complete"
        explanation "An empty file is not XML. Receivers that take it for a full file see everything deleted."

    OUT_OF_ORDER "IE-S01" "out-of-order" Warning
        summary "An item stands behind one that 1.1 has after it."
        message "`{item}` stands behind `{after}`"
        help "write the items in the order of 1.1"
        explanation "1.1 prescribes the order of the items. Validating receivers refuse the file; this reader takes any order."

    REPEATED "IE-S02" "repeated-item" Warning
        summary "An item is given again that 1.1 has once."
        message "`{found}` is given again"
        help "keep one"
        explanation "Receivers take the first one or the last one, and seldom say which. Here the first one counts, and the others are kept beside it; extensions are all kept."

    UNKNOWN_ELEMENT "IE-S03" "unknown-element" Info
        summary "1.1 does not have the element in this place."
        message "1.1 has no `{found}` in `{parent}`"
        help "move it into an `extension`, if it is meant as one"
        explanation "It was kept. Receivers that do not know it ignore it, and validating ones refuse the file."

    UNKNOWN_ATTRIBUTE "IE-S04" "unknown-attribute" Info
        summary "1.1 does not have the attribute in this place."
        message "1.1 has no attribute `{found}` on `{parent}`"
        help "leave it out, or move it into an `extension`"
        explanation "It was kept. A known name in the wrong place, such as `level` on `scheme`, is often a slip."

    STRAY_TEXT "IE-S05" "stray-text" Warning
        summary "Text stands between the items."
        message "text stands between the items"
        help "remove it, or put it into the item it belongs to"
        explanation "It was kept. Often a tag around it got lost."

    LETTER_CASE "IE-S06" "letter-case" Info
        summary "Names are not in lower case."
        message "`{found}` is not in lower case"
        help "write names in lower case, unless the receiver reads 1.0"
        explanation "1.0 had names in upper case, 1.1 has them in lower case. Letter case made no difference here. Reported once a file."

    IDTYPE_ATTRIBUTE "IE-S07" "idtype-as-attribute" Warning
        summary "The member's `idtype` is given as an attribute."
        message "the `idtype` is given as an attribute"
        help "write `<idtype>1</idtype>`"
        explanation "A widespread misreading of the specification, from an example that Moodle ships. It was read as if it stood in its place."

    ROLETYPE_ELEMENT "IE-S08" "roletype-as-element" Warning
        summary "The `roletype` is given as an element."
        message "the `roletype` is given as an element"
        help "write `<role roletype=\"01\">`"
        explanation "Capita's export does so, and Moodle has a setting for it. It was read as if it stood in its place."

    ELEMENT_IN_TEXT "IE-S09" "element-in-text" Warning
        summary "An item that holds text has elements in it."
        message "elements stand in an item that holds nothing but text"
        help "write `&lt;` where text is meant, or remove the elements"
        explanation "The text of the elements was read with that around them. HTML in a description looks like this."

    STRAY_MEMBER "IE-S10" "stray-member" Warning
        summary "A member stands outside of any membership."
        message "a `member` stands outside of any `membership`"
        help "move it into the membership of its group"
        explanation "Nobody can tell what it is a member of. It was read."

    SOURCEDID_MISSING "IE-R01" "sourcedid-missing" Error
        summary "A record has no `sourcedid`."
        message "`{path}` has no `sourcedid`"
        help "give the key by which both systems know the record"
        explanation "No receiver can tell who or what the record is about; most drop it without a word."

    ID_MISSING "IE-R02" "id-missing" Error
        summary "A `sourcedid` has no `id`, or an empty one."
        message "`{path}` has no `id`"
        help "give the key by which both systems know the record"
        explanation "No receiver can tell who or what the record is about. Moodle takes the next id it finds, and makes a course whose code is a piece of markup."

    SOURCE_MISSING "IE-R03" "source-missing" Warning
        summary "A `sourcedid` has no `source`, or an empty one."
        message "`{path}` has no `source`"
        help "name the system that gave the id"
        explanation "1.1 requires it: ids are unique within their source only. Receivers that use the id alone do not notice."

    NAME_MISSING "IE-R04" "name-missing" Warning
        summary "A person has no `name`, or the name no `fn`."
        message "`{path}` has no `{item}`"
        help "give `name` with `fn`"
        explanation "1.1 requires it. Receivers show the person without a name, or take family and given name."

    DESCRIPTION_MISSING "IE-R05" "description-missing" Warning
        summary "A group has no `description`, or the description no `short`."
        message "`{path}` has no `{item}`"
        help "give `description` with `short`"
        explanation "1.1 requires it. Moodle calls the course by its code instead."

    MEMBER_MISSING "IE-R06" "member-missing" Warning
        summary "A membership has no member."
        message "the membership has no `member`"
        help "leave the membership out, or name its members"
        explanation "1.1 requires at least one. To empty a group, its members are sent with the role's `recstatus` 3."

    ROLE_MISSING "IE-R07" "role-missing" Warning
        summary "A member has no role."
        message "`{path}` has no `role`"
        help "give at least one `role`"
        explanation "1.1 requires one, and receivers enrol by role."

    IDTYPE_MISSING "IE-R08" "idtype-missing" Warning
        summary "A member has no `idtype`."
        message "`{path}` has no `idtype`"
        help "say `<idtype>1</idtype>` for a person, `2` for a group"
        explanation "1.1 requires it. Without it a group in a group is looked up as a person."

    STATUS_MISSING "IE-R09" "status-missing" Warning
        summary "A role has no `status`."
        message "`{path}` has no `status`"
        help "say `<status>1</status>` for an active role, `0` for one that is not"
        explanation "1.1 requires it. Moodle takes a missing status for inactive, and unenrols."

    PROPERTIES_MISSING "IE-R10" "properties-missing" Info
        summary "The file has no `properties`."
        message "the file has no `properties`"
        help "give `properties` with `datasource` and `datetime`"
        explanation "1.1 requires it. Without it nobody can tell where the file comes from, when it was made, and whether it is complete or a difference."

    ITEM_MISSING "IE-R11" "item-missing" Warning
        summary "An item is missing that 1.1 requires."
        message "`{path}` has no `{item}`"
        help "give it"
        explanation "Validating receivers refuse the file."

    ATTRIBUTE_MISSING "IE-R12" "attribute-missing" Warning
        summary "An attribute is missing that 1.1 requires."
        message "`{path}` has no attribute `{item}`"
        help "give it"
        explanation "Validating receivers refuse the file; others guess."

    ITEM_EMPTY "IE-R13" "item-empty" Warning
        summary "An item that 1.1 requires is empty."
        message "`{path}` is empty"
        help "give it a value"
        explanation "To most receivers an empty item is as good as a missing one; some blank what they had."

    UNKNOWN_CODE "IE-V01" "unknown-code" Warning
        summary "A code is not in its vocabulary."
        message "`{path}` is `{found}`, expected {expected}"
        help "use a code of the vocabulary"
        explanation "Receivers ignore the item or the whole record. The vocabularies are open here: the code was kept."

    LOOSE_CODE "IE-V02" "loose-code" Info
        summary "A code is not written as its vocabulary has it."
        message "`{path}` is written `{found}`, expected {expected}"
        help "write the code as the vocabulary has it"
        explanation "Other letter case, blanks, `1` for `01`, a word where 1.1 has a number. It was understood here; Moodle compares letter by letter and drops the role."

    ROLETYPE_MISSING "IE-V03" "roletype-missing" Info
        summary "A role of a person has no `roletype`, which makes it a learner."
        message "the role has no `roletype`; it counts as 01 (Learner)"
        help "say which role it is"
        explanation "1.1 makes it a learner without a word. Members that are groups need no role type."

    DOUBLE_ESCAPED "IE-V04" "double-escaped" Info
        summary "A text seems to be escaped twice."
        message "`{path}` seems to be escaped twice"
        help "escape the text once, when the file is written"
        explanation "`&amp;quot;` reads as `&quot;`, which people will see. The text was kept."

    PADDED_KEY "IE-V05" "padded-key" Warning
        summary "A key has blanks around it."
        message "`{path}` has blanks around its value"
        help "write the key without blanks"
        explanation "Two keys that differ by a blank are two records to some receivers and one to others. The key was kept; comparisons here leave the blanks out."

    TEXT_TOO_LONG "IE-L01" "text-too-long" Warning
        summary "A text is longer than 1.1 allows."
        message "`{path}` has {length} characters, {max} are allowed"
        help "shorten it at the source"
        explanation "Receivers cut the text or refuse the record. Nothing was cut here. The lengths are those of the profile PIFU-IMS, which copies them from IMS Enterprise."

    IMPOSSIBLE_DATE "IE-D01" "impossible-date" Error
        summary "A date is not in the calendar."
        message "`{path}` is `{found}`, which the calendar does not have"
        help "correct the date"
        explanation "Moodle turns 31 February into 3 March."

    AMBIGUOUS_DATE "IE-D02" "ambiguous-date" Warning
        summary "Day and month of a date can be read in two ways."
        message "`{path}` is `{found}`: day and month can be read in two ways"
        help "write `YYYY-MM-DD`"
        explanation "The order of day and month is never guessed."

    UNREADABLE_DATE "IE-D03" "unreadable-date" Warning
        summary "A date is in no form that is known."
        message "`{path}` is `{found}`, which is no date"
        help "write `YYYY-MM-DD`"
        explanation "The text was kept. Receivers ignore the date, so that an enrolment has no limit."

    LOOSE_DATE "IE-D04" "loose-date" Info
        summary "A date is not written by ISO 8601."
        message "`{path}` is `{found}`, which is not ISO 8601"
        help "write `YYYY-MM-DD`, and with a time `YYYY-MM-DDThh:mm:ss`"
        explanation "It was understood here. Moodle takes nothing but `YYYY-MM-DD` and ignores the rest."

    END_BEFORE_BEGIN "IE-D05" "end-before-begin" Error
        summary "A time frame ends before it begins."
        message "`{path}` ends on {end}, before it begins on {begin}"
        help "correct one of the two dates"
        explanation "Nobody is ever enrolled."

    RESTRICT_WITHOUT_DATE "IE-D06" "restrict-without-date" Warning
        summary "A limit is to be enforced, but there is no date."
        message "`{path}` is to be enforced, but has no date"
        help "give the date, or leave the limit out"
        explanation "`restrict=\"1\"` says that taking part is not allowed outside the date."

    DELETED_BUT_ACTIVE "IE-C01" "deleted-but-active" Warning
        summary "A role is to be deleted, but its status is active."
        message "the role is to be deleted (`recstatus` 3), but its `status` is active"
        help "send `status` 0 with a deletion"
        explanation "Receivers look at one of the two: some unenrol, some enrol."

    ADDED_BUT_INACTIVE "IE-C02" "added-but-inactive" Warning
        summary "A role is to be added, but its status is inactive."
        message "the role is to be added (`recstatus` 1), but its `status` is inactive"
        help "send `status` 1 with an addition, or `recstatus` 2 or 3"
        explanation "Receivers look at one of the two: some enrol, some unenrol."

    RESULT_VALUES "IE-C03" "result-values" Warning
        summary "The possible results are given in another way than `valuetype` says."
        message "`{path}` says `valuetype` {found}, but holds {held}"
        help "use `list` with `valuetype` 0, `min` and `max` with 1"
        explanation "Receivers that believe `valuetype` find no values."

    MEMBER_WITHOUT_PERSON "IE-K01" "member-without-person" Error
        summary "A member is no person of the file."
        message "the file has no person `{found}`"
        help "send the person too, or check the id"
        explanation "In a full file the enrolment is lost: most receivers skip it without a word. In a difference, which `properties/type` tells, the receiver may know the person already, and this is but a note; so it is in a file that has no persons at all. Where the file does not say which it is, this is a warning. Each person is reported once, where it is referred to first."

    MEMBERSHIP_WITHOUT_GROUP "IE-K02" "membership-without-group" Error
        summary "A membership, or a member that is a group, names no group of the file."
        message "the file has no group `{found}`"
        help "send the group too, or check the id"
        explanation "In a full file all members of it are lost: most receivers skip them without a word. In a difference, which `properties/type` tells, the receiver may know the group already, and this is but a note; so it is in a file that has no groups at all. Where the file does not say which it is, this is a warning. Each group is reported once, where it is referred to first."

    GROUP_IN_GROUP "IE-K03" "group-in-group" Info
        summary "A member of a group is a group."
        message "the group `{found}` is a member of this group"
        help "nothing, if the receiver knows what to do with it"
        explanation "Cross-lists are sent so. Moodle looks such a member up as a person."

    OWN_PARENT "IE-K04" "own-parent" Info
        summary "A group is its own parent."
        message "the group `{found}` is its own parent"
        help "leave the relationship out, unless the receiver wants it so"
        explanation "Some profiles mark the topmost group that way; elsewhere it makes a receiver that follows parents run in a circle."

    PARENT_CYCLE "IE-K05" "parent-cycle" Error
        summary "Groups are each other's parents in a circle."
        message "the parents of `{found}` lead back to it, over {length} groups"
        help "correct the relationship that points the wrong way"
        explanation "A tree of courses cannot be built from it. The place is that of the relationship that closes the circle."

    DUPLICATE "IE-K06" "duplicate-record" Warning
        summary "A record is given again as it was."
        message "`{found}` is given again"
        help "send it once"
        explanation "It does no harm to most receivers, but takes time and hides that a query was wrong."

    CONTRADICTING_DUPLICATE "IE-K07" "contradicting-records" Error
        summary "A record is given again with another content."
        message "`{found}` is given again with another content"
        help "send the one that is right"
        explanation "Some receivers keep the first one, others the last one."

    SIMILAR_IDS "IE-K08" "similar-ids" Warning
        summary "Two ids differ by letter case or blanks only."
        message "`{found}` differs from another id by letter case or blanks only"
        help "write an id everywhere in the same way"
        explanation "To some receivers they are one, to others two."

    SEVERAL_SOURCES "IE-K09" "several-sources" Warning
        summary "An id occurs under several sources."
        message "`{found}` occurs under another source too"
        help "use one source for one system"
        explanation "By 1.1 these are two different ones. Receivers that use the id alone, as Moodle does, take them for one."

    RENAME_CHAIN "IE-K10" "rename-chain" Warning
        summary "An id is changed more than once in one file."
        message "`{old}` becomes `{new}`, which becomes `{last}`"
        help "send one change, from the first id to the last"
        explanation "The outcome depends on the order in which a receiver does the changes."

    OLD_ID_REFERENCED "IE-K11" "old-id-referenced" Warning
        summary "A reference uses an id that the file itself replaces."
        message "`{found}` is the old id of a record that has a new one"
        help "refer to the new id"
        explanation "A receiver that has done the change does not find the old id any more."

    DELETED_BUT_REFERENCED "IE-K12" "deleted-but-referenced" Error
        summary "A record that is to be deleted is still referred to."
        message "`{found}` is to be deleted, but has an active role here"
        help "delete the role too, or do not delete the record"
        explanation "Depending on the order of their work, receivers enrol somebody who no longer exists, or bring him back."

    USERID_COLLISION "IE-K13" "userid-collision" Error
        summary "Two persons have the same login name or other id of one kind."
        message "`{found}` is the `userid` of another person too"
        help "give each person a `userid` of their own"
        explanation "Moodle joins the two accounts: the second person takes over the first one's. Ids are compared without letter case, and only with those of the same `useridtype`."

    OTHER_TARGET "IE-K14" "other-target" Warning
        summary "The file is meant for another system."
        message "the file is for `{found}`, not for `{target}`"
        help "check that the right file was sent"
        explanation "Receivers that know their own name pass such a file over. Checked where the caller says what the target should be."

    RECORDS_OUT_OF_ORDER "IE-K15" "records-out-of-order" Info
        summary "Records are not in the order of 1.1."
        message "a `{found}` stands behind records that 1.1 has after it"
        help "write properties, persons, groups, memberships"
        explanation "Receivers that read line by line drop memberships whose group or person has not come yet. Reported once."

    PROFILE_IGNORES "IE-P01" "profile-ignores" Info
        summary "The receiver ignores an item."
        message "{profile} ignores `{path}`"
        help "nothing, unless the receiver should use it"
        explanation "Said once for each item, where it occurs first, when a profile is asked for. What the receiver has to know must stand in an item that it reads."

    PROFILE_READS "IE-P02" "profile-reads" Info
        summary "The receiver reads an item."
        message "{profile} reads `{path}`"
        help "nothing"
        explanation "Said once for each item, where it occurs first, when a profile is asked for."

    PROFILE_REQUIRES "IE-P03" "profile-requires" Warning
        summary "An item is missing or empty that the receiver asks for."
        message "{profile} asks for `{path}`"
        help "give it"
        explanation "1.1 does not require the item, but this receiver can do little with the record without it."

    PROFILE_ROLE "IE-P04" "profile-role" Warning
        summary "The receiver does not know a role."
        message "{profile} does not know the role `{found}`"
        help "use a role that the receiver knows"
        explanation "It skips the member."

    SITE_CONTRADICTION "IE-M01" "site-contradiction" Warning
        summary "The site that a plan is made for contradicts itself."
        message "{what} (`{found}`); the first counts"
        help "correct the description of the site"
        explanation "A plan can be no better than what is known of the site. What belongs to no user or course is left out."

    UNENROLLED_BY_STATUS "IE-M02" "unenrolled-by-status" Warning
        summary "Moodle takes a status for the end of an enrolment that does not say so."
        message "Moodle takes the status of `{id}` in `{course}` for the end of an enrolment: it {problem}"
        help "write `<status>1</status>` or `<status>0</status>`"
        explanation "Moodle enrols where the number at the start of the status is 1, and ends the enrolment in all other cases, also where there is no status or the word `Active`. In fixed mode a role without a status is left alone."

    CREATED_BY_UPDATE "IE-M03" "created-by-update" Warning
        summary "Moodle creates a course that the file wants changed or deleted."
        message "Moodle will create `{found}`, though its recstatus is {recstatus}"
        help "send recstatus 1 for new courses, and nothing for those that do not exist"
        explanation "For a course that does not exist Moodle does not look at the recstatus."

    STAYS_SUSPENDED "IE-M04" "stays-suspended" Warning
        summary "Moodle leaves an enrolment suspended that the file wants active."
        message "Moodle will leave the enrolment of `{id}` in `{course}` suspended"
        help "activate the enrolment by hand, or remove it in place of suspending it (unenrolaction 0)"
        explanation "An enrolment that was suspended is not activated by a status of 1."

    OLDER_ROLE_STAYS "IE-M05" "older-role-stays" Warning
        summary "Moodle adds a role and leaves the older one."
        message "Moodle will leave `{id}` other roles in `{course}` beside `{role}`"
        help "end the enrolment before the new role is sent, or remove the older role by hand"
        explanation "A change of role becomes a second role."

    IDNUMBER_TAKEN_OVER "IE-M06" "idnumber-taken-over" Warning
        summary "A person takes over the account of another one with the same user name."
        message "the account `{found}` of `{before}` is claimed by `{id}`"
        help "give each person a user name of their own"
        explanation "Moodle gives the account the id number of the later person: the earlier one has none any more. In fixed mode the later one is left out."

    UNKNOWN_COURSE "IE-M07" "unknown-course" Warning
        summary "A membership is for a course that does not exist, and Moodle says nothing."
        message "no course has the code `{found}`; Moodle leaves out all members without a word"
        help "send the group before its membership, and check createnewcourses and truncatecoursecodes"
        explanation "The course may be created by a later record of the same file: then it is too late for this membership."

    UNKNOWN_PERSON "IE-M08" "unknown-person" Warning
        summary "A member is a person who does not exist, and Moodle says nothing."
        message "no user has the id number `{found}`; Moodle leaves out the member of `{course}` without a word"
        help "send the person before the membership, and check createnewusers"
        explanation "Users are looked up by their id number alone."

    GROUP_AS_PERSON "IE-M09" "group-as-person" Warning
        summary "A member that is a group is enrolled as the person with the same id."
        message "Moodle takes the group `{found}` in `{course}` for the person with this id"
        help "do not send groups as members to Moodle"
        explanation "Moodle does not look at `idtype`."

    USERNAME_BLANKED "IE-M10" "username-blanked" Warning
        summary "An update takes the user name away."
        message "Moodle will leave `{id}` without a user name"
        help "send the user name, or no `userid` at all"
        explanation "An empty `userid` overwrites the name; the user cannot log in any more."

    ROLE_SPELLING "IE-M11" "role-spelling" Warning
        summary "Moodle does not know a role in this spelling."
        message "Moodle does not know `{found}`, which is the role {role}"
        help "write the two digits of the role"
        explanation "Moodle knows `01` to `08` and eight words in one spelling, of which one is `Content Developer` with a blank. The member is left out."

    SECOND_GROUP "IE-M12" "second-group" Warning
        summary "Moodle puts a member into a second group of the course."
        message "Moodle will put `{id}` into the group `{found}` too, beside `{before}`"
        help "remove the member from the older group by hand"
        explanation "A cohort is always added. In fixed mode members who are in a group of the course stay in it."

    DELETED_BY_NAME "IE-M13" "deleted-by-name" Warning
        summary "User name and id of a person to be deleted lead to different accounts."
        message "Moodle looks for the user name `{found}` to delete, not for `{id}`"
        help "send the user name that the person has in Moodle"
        explanation "The id is not looked at: somebody else may be deleted, or nobody."

    COURSE_CODE_CUT "IE-M14" "course-code-cut" Info
        summary "A course code is cut, and others may be cut to the same."
        message "`{found}` is cut to `{code}` (truncatecoursecodes)"
        help "set truncatecoursecodes only where the first characters of all codes differ"
        explanation "Courses with one code are one course."

    NO_SEPARATOR "IE-M15" "no-separator" Error
        summary "The settings contradict each other, so that nothing is processed."
        message "categoryidnumber is on and categoryseparator is empty: Moodle processes nothing"
        help "set categoryseparator, or turn categoryidnumber off"
        explanation "Moodle notes the file as processed all the same; when the setting is mended the file is not looked at again until it changes."

    WRONG_TARGET "IE-M16" "wrong-target" Warning
        summary "The file is not for the target that the settings ask for."
        message "the file is not for `{target}`: Moodle processes nothing from here on"
        help "send the file that is meant for this system, or correct imsrestricttarget"
        explanation "What stands before the properties has been processed."

    MOODLE_ROLETYPE_NOT_FIRST "IE-M20" "moodle-roletype-not-first" Warning
        summary "`roletype` is not the first attribute of a role."
        message "Moodle will not see this role: `{found}` stands before `roletype`"
        help "write `roletype` first"
        explanation "To a parser the order of attributes means nothing. Moodle looks for `<role roletype=` and skips the member where it does not find that. Banner, Vista and Cerebrum write `recstatus` first."

    MOODLE_MEMBER_ATTRIBUTE "IE-M21" "moodle-member-attribute" Warning
        summary "The tag of a member holds more than its name."
        message "Moodle will not see this member: it looks for `<member>` alone"
        help "write `<member>` without attributes and blanks"
        explanation "The member is skipped without a word."

    MOODLE_TOO_LARGE "IE-M22" "moodle-record-too-large" Warning
        summary "A record is larger than Moodle's patterns can take."
        message "Moodle drops this {record} of {bytes} bytes: it takes {limit} at most"
        help "split it, or raise `pcre.backtrack_limit` where Moodle runs"
        explanation "The limit of PHP is 1,000,000 unless it has been changed; about 8,000 members in one membership reach it. The record is dropped without a word."

    MOODLE_READS_COMMENTED "IE-M23" "moodle-reads-commented-record" Warning
        summary "A record stands in a comment."
        message "Moodle processes this {record} although it is commented out"
        help "take it out of the file"
        explanation "Moodle looks for tags and does not know comments."

    MOODLE_KEEPS_REFERENCES "IE-M24" "moodle-keeps-references" Warning
        summary "A text that Moodle reads has references, CDATA sections or comments in it."
        message "Moodle stores `{path}` as it stands in the file: `{found}`"
        help "write the characters themselves"
        explanation "It decodes nothing: the name of a course becomes `Ethics &amp; Governance`. For `&amp;` and `<` there is no other way to write them in XML; avoid them in what Moodle reads."

    MOODLE_PREFIX "IE-M25" "moodle-namespace-prefix" Warning
        summary "A record has a namespace prefix."
        message "Moodle ignores this record: its tag is `{found}`, with a prefix"
        help "declare the namespace as the default one, and write names without a prefix"
        explanation "Moodle looks for `<person`, `<group` and `<membership`. Default namespaces do no harm."

    MOODLE_END_TAG "IE-M26" "moodle-blank-in-end-tag" Warning
        summary "There is a blank in the end tag of a record."
        message "Moodle does not find the end of this {record}: there is a blank in its end tag"
        help "write the end tag without blanks"
        explanation "The record is lost, or, where another one follows, the two become one."

    MOODLE_READS_COMMENT "IE-M27" "moodle-reads-comment" Warning
        summary "A comment in a record holds what Moodle looks for."
        message "Moodle takes what stands in this comment for `{path}`"
        help "take the comment out"
        explanation "Moodle looks for tags, knows neither comments nor CDATA sections, and takes the first one that it finds."

    MOODLE_EMPTY_ID "IE-M28" "moodle-empty-id" Warning
        summary "The id of a record is empty, and another one follows in it."
        message "Moodle takes all up to the next `</id>` for `{path}`, markup included"
        help "give the id"
        explanation "It wants at least one character between the tags. The code of a course becomes a piece of the file."

    MOODLE_EMPTY_USERID "IE-M29" "moodle-empty-userid" Warning
        summary "An empty `userid` tag stands before another `userid`."
        message "Moodle takes all up to the next `</userid>` for the user name, markup included"
        help "leave the empty one out"
        explanation "Of `<userid/><userid>b</userid>` the user name becomes `<userid>b`."

    MOODLE_AUTHENTICATION "IE-M30" "moodle-authentication-type" Warning
        summary "`authenticationtype` is not spelled as Moodle wants it."
        message "Moodle misreads `authenticationtype`: {why}"
        help "write it in double quotes, as the only attribute of `userid`"
        explanation "Where it is not the first attribute, Moodle ignores it. Else Moodle takes all up to the end of the tag for its value: single quotes, and the attributes behind it, a password included."

    MOODLE_PASSES_SOURCEDID "IE-M31" "moodle-passes-sourcedid" Warning
        summary "The tag of the first `sourcedid` holds more than its name."
        message "Moodle passes this `sourcedid` over and looks for `{path}` elsewhere"
        help "write `<sourcedid>` without attributes"
        explanation "Moodle takes the next plain `sourcedid` of the record, such as the parent of a group or the first member of a membership. Where there is none, the record has no id."

    MOODLE_READS_EXTENSION "IE-M32" "moodle-reads-extension" Warning
        summary "An extension holds what Moodle takes for an item of the record."
        message "Moodle takes this item of an extension for `{path}`"
        help "give the item in the extension another name, or write the real one before it"
        explanation "Moodle looks for the first tag of the name, wherever in the record it stands."

    MOODLE_DATE "IE-M33" "moodle-date-is-no-limit" Warning
        summary "A binding date of a role is not spelled as Moodle wants it."
        message "Moodle takes {found} for no limit: it wants `<{item} restrict=\"1\">YYYY-MM-DD</{item}>`"
        help "write it exactly so, with double quotes, and without blanks and time"
        explanation "The enrolment begins at once, or never ends."

    MOODLE_RECSTATUS "IE-M34" "moodle-recstatus" Warning
        summary "`recstatus` is not a single digit."
        message "Moodle takes `{path}` for absent: {found} is not a single digit"
        help "write 1, 2 or 3"
        explanation "A record that should be deleted or updated is then added, or nothing happens."

    MOODLE_ROLETYPE_ELEMENT "IE-M35" "moodle-roletype-element" Info
        summary "The role is given as an element."
        message "Moodle reads this `roletype` only with the setting `imscapitafix`"
        help "give it as an attribute, or switch the setting on"
        explanation "The setting is off in a new installation; the member is then skipped."

    MOODLE_PROPERTIES_LATE "IE-M36" "moodle-properties-late" Info
        summary "Properties come too late for Moodle."
        message "Moodle reads these properties only after records"
        help "write `properties` first, on lines of their own"
        explanation "Where Moodle is set to take files for one target only, it has processed records already when it notices that the file is for another one. Of what ends on one line it takes the properties last."

    MOODLE_TOO_LATE "IE-M37" "moodle-named-too-early" Warning
        summary "A person or group comes after the membership that names it."
        message "Moodle reads this {record} only after the membership that names it"
        help "write persons and groups before memberships"
        explanation "Unless Moodle knows it from an earlier file, the membership is dropped without a word. What ends on one line is taken in the right order. Reported for each person or group that is not an update."

    MOODLE_MISSES_ITEM "IE-M38" "moodle-misses-item" Warning
        summary "An item is spelled or placed so that Moodle does not find it, or takes another one for it."
        message "Moodle does not find `{path}` here, or takes something else for it"
        help "write its tags, and those around it, without attributes and blanks"
        explanation "Moodle looks for tags that consist of the name alone, and takes the first one in the record."
}
