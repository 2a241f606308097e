using System.Globalization;

namespace PhoneMasking.Simulator.Rest;

/// <summary>A refusal as Twilio writes it: HTTP status, and a body of code, message, more_info and status.</summary>
/// <remarks>Codes and wording: https://www.twilio.com/docs/api/errors. Like Twilio's, some messages repeat the number
/// they are about, so that a client which logs them is found out.</remarks>
internal sealed record TwilioError(int Status, int Code, string Message) : IResult, IStatusCodeHttpResult
{
    /// <summary>When set, sent as the Retry-After header, in whole seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    public static TwilioError Unauthenticated { get; } = new(StatusCodes.Status401Unauthorized, 20003, "Authenticate");

    public static TwilioError NoRecipient { get; } = Bad(21604, "A 'To' phone number is required.");

    public static TwilioError NoSender { get; } = Bad(21603, "A 'From' phone number is required.");

    public static TwilioError NoBody { get; } = Bad(21602, "Message body is required.");

    public static TwilioError BodyTooLong { get; } =
        Bad(21617, "The concatenated message body exceeds the 1600 character limit.");

    public static TwilioError TooManyMedia { get; } = Bad(21623, "The number of media URLs exceeds the limit of 10.");

    public static TwilioError InvalidMediaUrl { get; } = Bad(21620, "Invalid media URL(s).");

    public static TwilioError OptedOut { get; } = Bad(21610, "Attempt to send to unsubscribed recipient");

    public static TwilioError SameNumber { get; } = Bad(21266, "'To' and 'From' number cannot be the same");

    public static TwilioError EmptyPool { get; } =
        Bad(21703, "The Messaging Service does not have a phone number available to send a message");

    public static TwilioError NotFinished { get; } = new(
        StatusCodes.Status409Conflict,
        20009,
        "Cannot delete a resource that is still in progress.");

    public static TwilioError InvalidAreaCode { get; } = Bad(21451, "Invalid area code");

    public static TwilioError NoneInAreaCode { get; } = Bad(21452, "No phone numbers found in area code");

    public static TwilioError TrialNumberLimit { get; } =
        Bad(21404, "Trial accounts are allowed only one phone number");

    public static TwilioError UnverifiedRecipient { get; } =
        Bad(21608, "The number is unverified. Trial accounts cannot send messages to unverified numbers.");

    public static TwilioError AccountRestricted { get; } =
        new(StatusCodes.Status403Forbidden, 22300, "The account is restricted from buying phone numbers");

    public static TwilioError InThisService { get; } =
        Conflict(21710, "Phone Number or Short Code is already in the Messaging Service.");

    public static TwilioError InAnotherService { get; } =
        Conflict(21712, "Phone Number or Short Code is associated with another Messaging Service.");

    public static TwilioError ServiceFull { get; } = Bad(21714, "Number Pool size limit reached");

    public static TwilioError NotTextCapable { get; } = Bad(21715, "Phone Number does not have SMS capability");

    public static TwilioError ProxyRestricted { get; } =
        new(StatusCodes.Status403Forbidden, 80506, "Service Creation is restricted for new customers");

    public static TwilioError ProxyNameNotUnique { get; } = Bad(80603, "Service UniqueName must be unique");

    public static TwilioError InAnotherProxyService { get; } =
        Bad(80101, "Phone Number is associated with another Proxy Service");

    public static TwilioError InActiveSessions { get; } = Conflict(80611, "Phone Number is in active sessions");

    public static TwilioError DuplicateEntry { get; } = Bad(80612, "Duplicate entry");

    /// <summary>A number of a Messaging Service cannot join a Proxy Service; which code is nowhere said.</summary>
    public static TwilioError DownstreamRejected { get; } =
        Bad(80613, "Phone Number is associated with a Messaging Service");

    public static TwilioError ProxyFull { get; } = Bad(80622, "Number pool is full");

    public static TwilioError NumberRequired { get; } = Bad(21421, "PhoneNumber is invalid");

    public static TwilioError InvalidRecipient(string to) => Bad(21211, $"Invalid 'To' Phone Number: {to}");

    public static TwilioError InvalidSender(string from) => Bad(21212, $"Invalid 'From' Phone Number: {from}");

    public static TwilioError NotOurNumber(string from) => Bad(
        21606,
        $"The 'From' phone number {from} is not a valid, message-capable Twilio phone number for this destination.");

    public static TwilioError InvalidCallback(string url) =>
        Bad(21609, $"The 'StatusCallback' URL {url} is not a valid URL.");

    public static TwilioError NotAvailable(string number) => Bad(21422, $"{number} is not available");

    public static TwilioError InvalidParameter(string what) => Bad(20001, what);

    public static TwilioError NotFound(PathString path) => new(
        StatusCodes.Status404NotFound,
        20404,
        $"The requested resource {path} was not found");

    /// <summary>
    /// The concurrency limit. Twilio: such a request was never processed and may safely be sent again.
    /// </summary>
    public static TwilioError TooMany(int? retryAfterSeconds) =>
        new(StatusCodes.Status429TooManyRequests, 20429, "Too Many Requests") { RetryAfterSeconds = retryAfterSeconds };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
        }

        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await response.WriteAsJsonAsync(
            new TwilioErrorView(Code, Message, $"https://www.twilio.com/docs/errors/{Code}", Status),
            TwilioJson.Default.TwilioErrorView,
            contentType: null,
            httpContext.RequestAborted);
    }

    private static TwilioError Conflict(int code, string message) =>
        new(StatusCodes.Status409Conflict, code, message);

    private static TwilioError Bad(int code, string message) => new(StatusCodes.Status400BadRequest, code, message);
}

/// <summary>The body of a <see cref="TwilioError"/>.</summary>
internal sealed record TwilioErrorView(int Code, string Message, string MoreInfo, int Status);
