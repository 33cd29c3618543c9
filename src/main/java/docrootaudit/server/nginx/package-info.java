/**
 * nginx: its configuration read as nginx reads it, its phases gone through as nginx goes.
 *
 * <p>{@link docrootaudit.server.nginx.Nginx} is the door. A text becomes statements (Lexer), directives (Parser), servers
 * and locations (Configuration); a request is an Exchange that goes from phase to phase, each a class named after what
 * it does, and leaves a Proof. The reference is nginx 1.22; where a class follows one of its files, it says which. What
 * has to do with a status and is not predicted stands in Catalog and makes an answer uncertain.
 *
 * <p>It imports {@code server} and {@code access}; files come in through {@code Tree} and {@code ConfigFiles} alone.
 */
package docrootaudit.server.nginx;
