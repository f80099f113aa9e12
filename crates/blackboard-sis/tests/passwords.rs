//! Hashes of passwords that were published, or computed elsewhere.

use blackboard_sis::{Password, PasswordHash, PasswordType};

/// Passwords with a salt, their SSHA and their MD5.
const VECTORS: [(&str, &str, &str, &str); 4] = [
    (
        "cyan",
        "80ae2c2e07d018ad",
        "{SSHA}foV2dGZ/2FLNdmJUNEpXZ8ijfiGAriwuB9AYrQ==",
        "6411532ba4971f378391776a9db629d3",
    ),
    (
        "nucleus",
        "21f0250915d2681f",
        "{SSHA}kPxtosnqBBCDIMSsFXOnSb2IemMh8CUJFdJoHw==",
        "91c7e4ea85be233a81041a3eefedc8ad",
    ),
    (
        "Été 2026!",
        "0001020304050607",
        "{SSHA}og6hNJJYPlGCacpydfLuQLDTT4wAAQIDBAUGBw==",
        "24eb2333bb6910f91ac25c3a05ead05b",
    ),
    (
        "Pipe|Pipe",
        "fffefdfcfbfaf9f8",
        "{SSHA}ocNWshy15zN9BJPHWe84cEGyFnH//v38+/r5+A==",
        "222408bbd12fc76523e79531d75a74e6",
    ),
];

#[test]
fn hashes_are_as_published() {
    for (password, salt, ssha, md5) in VECTORS {
        let salt = u64::from_str_radix(salt, 16).unwrap().to_be_bytes();
        let password = Password::new(password);
        for (hash, kind, expected) in [
            (PasswordHash::ssha(&password, salt), PasswordType::Ssha, ssha),
            (PasswordHash::md5(&password), PasswordType::Md5, md5),
        ] {
            let hash = hash.unwrap();
            assert_eq!((hash.expose(), hash.password_type()), (expected, kind));
            assert_eq!(PasswordHash::parse(kind, expected).as_ref(), Ok(&hash));
            for (other, ..) in VECTORS {
                assert_eq!(hash.verify(&Password::new(other)), other == password.expose());
            }
            assert!(!hash.verify(&Password::new("")));
        }
    }
}

#[test]
fn another_salt_makes_another_hash_of_the_same_password() {
    let password = Password::new("cyan");
    let [one, other] =
        [1u64, 2].map(|salt| PasswordHash::ssha(&password, salt.to_be_bytes()).unwrap());
    assert_ne!(one, other);
    assert!(one.verify(&password) && other.verify(&password));
}

#[test]
fn nothing_prints_a_password() {
    let password = Password::new("cyan");
    let hash = PasswordHash::ssha(&password, [7; 8]).unwrap();
    let shown = format!("{password:?} {hash:?}");
    assert!(!shown.contains("cyan") && !shown.contains(hash.expose()), "{shown}");
    let refused = PasswordHash::parse(PasswordType::Md5, "topsecret").unwrap_err();
    assert!(!format!("{refused} {refused:?}").contains("topsecret"));
}
