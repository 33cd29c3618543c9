package docrootaudit.daemon;

import docrootaudit.alert.Postman;
import docrootaudit.alert.Recipient;
import docrootaudit.alert.Transport;
import java.util.Map;
import java.util.function.Function;

/**
 * How alerts go out, by the settings.
 *
 * @param composers how they are worded
 * @param transports what takes them where they are to go, for each channel that is open
 */
public record Ways(
        Function<Settings, Postman.Composers> composers,
        Function<Settings, Map<Recipient.Channel, Transport>> transports) {}
