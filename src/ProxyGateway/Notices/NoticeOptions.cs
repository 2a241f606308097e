using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ProxyGateway.Notices;

/// <summary>
/// The short texts that explain why something did not go through. Section <c>Notices</c>; each 1 to 320 characters.
/// None may hold a number or say who stands behind one.
/// </summary>
internal sealed class NoticeOptions
{
    public const string Section = "Notices";

    /// <summary>Stands for the client's name.</summary>
    public const string Client = "{Client}";

    // Exactly once: with a name of the greatest length the text still is one that is never cut.
    private const string NamesTheClient = @"[^0-9{}]*\{Client\}[^0-9{}]*";

    /// <summary>To a sitter who texts their own Reserved number.</summary>
    [Required, StringLength(320, MinimumLength = 1)]
    public string OwnReservedNumber { get; init; } =
        "This is your own business number. To reach a client, answer in that client's thread.";

    /// <summary>To a sitter who texts a pool number that stands for nobody.</summary>
    [Required, StringLength(320, MinimumLength = 1)]
    public string NoSession { get; init; } =
        "This thread is not connected to a client, so your text was not delivered. Please contact the office.";

    /// <summary>To a sitter who answers an old thread that has stood for several clients.</summary>
    [Required, StringLength(320, MinimumLength = 1)]
    public string AmbiguousThread { get; init; } =
        "This thread has been used for more than one client and has ended, so your text was not delivered. "
        + "Please wait for the client's next text or contact the office.";

    /// <summary>To the author of a text to somebody who has opted out of texts.</summary>
    [Required, StringLength(320, MinimumLength = 1)]
    public string OptedOut { get; init; } =
        "Your text was not delivered: the other side has opted out of texts from this number.";

    /// <summary>To the other side of an open session, as soon as one side opts out.</summary>
    [Required, StringLength(320, MinimumLength = 1)]
    public string OtherSideOptedOut { get; init; } =
        "The other side has just opted out of texts in this thread. Until they opt in again, your texts here will not be "
        + "delivered.";

    /// <summary>To the other side of an open session, as soon as one side opts in again.</summary>
    [Required, StringLength(320, MinimumLength = 1)]
    public string OtherSideOptedIn { get; init; } =
        "The other side takes texts in this thread again: your texts here will be delivered.";

    /// <summary>
    /// To a sitter whose text to a client did not arrive, in the client's thread. Names the client once, as
    /// <c>{Client}</c>; without a digit, since a number in it would be personal data.
    /// </summary>
    [Required, StringLength(320, MinimumLength = 1), RegularExpression(NamesTheClient)]
    public string TextNotDelivered { get; init; } =
        "A text of yours to {Client} could not be delivered. Please reach them in another way or contact the office.";

    /// <summary>To a sitter who could not be given a client's text, in the client's thread; limits as above.</summary>
    [Required, StringLength(320, MinimumLength = 1), RegularExpression(NamesTheClient)]
    public string ClientTextNotDelivered { get; init; } =
        "A text from {Client} could not be delivered to you. Please ask them here to write again, or contact the office.";

    /// <summary>
    /// The least time after which a thread is told the same again, so that two machines cannot answer each other for ever.
    /// Default: one minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MinimumInterval { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>Checks <see cref="NoticeOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class NoticeOptionsValidator : IValidateOptions<NoticeOptions>;
