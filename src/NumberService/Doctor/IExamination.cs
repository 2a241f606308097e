using PhoneMasking.NumberService.Setup;

namespace PhoneMasking.NumberService.Doctor;

/// <summary>Looks at one side of a running installation. Changes nothing.</summary>
internal interface IExamination
{
    /// <summary>What is not as it should be.</summary>
    /// <exception cref="Twilio.TwilioApiException">Twilio gave no usable answer.</exception>
    IAsyncEnumerable<Finding> ExamineAsync(DoctorCase examined, CancellationToken cancellationToken);
}

/// <summary>What the examinations look at.</summary>
/// <param name="Account">The account.</param>
/// <param name="Numbers">Its numbers beside the inventory.</param>
/// <param name="MessagingService">The Messaging Service that numbers belong in.</param>
/// <param name="ProxyService">The Proxy Service that they belong in, where one is used.</param>
/// <param name="Import">What unknown numbers are taken over as; none when they are not.</param>
internal sealed record DoctorCase(
    AccountStanding Account,
    AccountComparison Numbers,
    string? MessagingService,
    string? ProxyService,
    Contracts.NumberLifecycle? Import);
