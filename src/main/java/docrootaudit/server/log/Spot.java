package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing that refuses, as far as logs tell it from others.
 *
 * @param key what it is
 * @param text the first message of its rule; empty where there is none
 * @param crowd whom it refused
 */
public record Spot(Key key, String text, Crowd crowd) {
    /**
     * What makes two refusals the same.
     *
     * @param symptom its kind
     * @param code the message's number or the rule's id; else empty
     * @param status what is answered, where the log says or the message implies it
     * @param site the virtual host, where only the URL tells what it is about; else empty
     * @param file the file, directory or socket that the log names
     * @param url the path of the URL, where the log names no file
     */
    public record Key(
            Symptom symptom,
            String code,
            OptionalInt status,
            String site,
            Optional<PathBytes> file,
            Optional<PathBytes> url) {
        /** That of everything of a kind for which there is no more room. */
        static Key others(Symptom symptom, OptionalInt status) {
            return new Key(symptom, "", status, "", Optional.empty(), Optional.empty());
        }
    }
}
