using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Messages;

/// <summary>How many messages are kept, and how a message lives. Section <c>Simulator:Messages</c>.</summary>
internal sealed class MessageOptions
{
    public const string Section = "Simulator:Messages";

    /// <summary>How many messages are kept, in both directions; the oldest go first. Default: 200,000.</summary>
    [Range(100, 10_000_000)]
    public int Kept { get; init; } = 200_000;

    /// <summary>How long after acceptance a message is <c>sent</c>. Default: 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan SentAfter { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long after acceptance a message is <c>delivered</c>. Default: 150 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DeliveredAfter { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How status callbacks are posted. Default: normal.</summary>
    [EnumDataType(typeof(CallbackMode))]
    public CallbackMode Callbacks { get; init; } = CallbackMode.Normal;

    /// <summary>How long callbacks are kept back in mode late. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LateBy { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether STOP, START and HELP are answered by the simulator itself, as Twilio does. Default: yes.
    /// </summary>
    public bool AnswersOptOutWords { get; init; } = true;
}

/// <summary>How status callbacks are posted.</summary>
public enum CallbackMode
{
    /// <summary>Each once, in order.</summary>
    Normal,

    /// <summary>None at all.</summary>
    Off,

    /// <summary>The final status first, then the earlier one.</summary>
    Reverse,

    /// <summary>Each twice.</summary>
    Duplicated,

    /// <summary>Each once, in order, long after the handset has the message.</summary>
    Late,
}

[OptionsValidator]
internal sealed partial class MessageOptionsValidator : IValidateOptions<MessageOptions>;
