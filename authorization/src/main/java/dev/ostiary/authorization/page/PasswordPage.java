package dev.ostiary.authorization.page;

/**
 * Where a user of this server itself types name and password.
 *
 * @param action where the form goes
 * @param state of the sign-in
 * @param challenge of the sign-in
 * @param user the name that was typed before; may be empty
 * @param wrong whether it was wrong, or the password was
 */
public record PasswordPage(
    String action, String state, String challenge, String user, boolean wrong) {}
