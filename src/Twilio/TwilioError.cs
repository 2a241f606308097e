namespace PhoneMasking.Twilio;

/// <summary>Why Twilio refused a request: the body of its 4xx and 5xx answers.</summary>
/// <param name="HttpStatus">The answer's HTTP status, 400 to 599.</param>
/// <param name="Code">Twilio's error code, such as 21610; absent when the answer was not Twilio's JSON.</param>
/// <param name="Message">
/// Twilio's text. Personal data: it often repeats the telephone number. <see cref="ToString"/> leaves it out.
/// </param>
/// <param name="MoreInfo">The page that explains the code.</param>
public sealed record TwilioError(int HttpStatus, int? Code, string? Message, string? MoreInfo)
{
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private const int NotFound = 404;

    /// <summary>
    /// Whether it turns away whoever asks, not what was asked: the sign-in is wrong or the account may not send (any 401, and the
    /// codes that say so), or a 403 or 404 that gives no reason. Only of requests whose address names nothing but the account,
    /// such as its list of messages: elsewhere a 404 may be about what else is named. Source: Twilio, errors 10001, 20003, 20005,
    /// 20006, 20008, 30002, 30037.
    /// </summary>
    public bool IsOfAccount => Code switch
    {
        10001 or 20003 or 20005 or 20006 or 20008 or 30002 or 30037 => true,

        // Twilio's words for the bare status.
        20403 or 20404 => true,
        null => HttpStatus is Unauthorized or Forbidden or NotFound,
        _ => HttpStatus == Unauthorized,
    };

    /// <summary>Returns status and code, never the text.</summary>
    public override string ToString() => Code is { } code ? $"HTTP {HttpStatus}, code {code}" : $"HTTP {HttpStatus}";
}
