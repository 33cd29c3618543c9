package docrootaudit.daemon;

import docrootaudit.alert.Postman;
import docrootaudit.alert.Recipient;
import docrootaudit.alert.Transport;
import docrootaudit.alert.Witnesses;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How alerts go out, by the settings.
 *
 * @param composers how they are worded, and who knows whom a cause met
 * @param transports what takes them where they are to go, for each channel that is open
 */
public record Ways(
        BiFunction<Settings, Witnesses, Postman.Composers> composers,
        Function<Settings, Map<Recipient.Channel, Transport>> transports) {}
