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
    /// <summary>Returns status and code, never the text.</summary>
    public override string ToString() => Code is { } code ? $"HTTP {HttpStatus}, code {code}" : $"HTTP {HttpStatus}";
}
