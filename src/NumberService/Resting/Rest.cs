using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;

namespace PhoneMasking.NumberService.Resting;

/// <summary>Lets a number rest that was taken from somebody.</summary>
internal sealed class Rest(IOptions<RestOptions> options)
{
    /// <summary>
    /// Begins the rest of a number that can be used; one that is still on its way has nobody's threads and needs none.
    /// The worker that takes numbers through their stages ends it when it is due. The caller marks the change.
    /// </summary>
    public void Begin(OwnedNumber number, DateTimeOffset now)
    {
        if (number.Stage == NumberStage.Ready && options.Value.CoolOff > TimeSpan.Zero)
        {
            number.Stage = NumberStage.Resting;
            number.RestsUntil = now + options.Value.CoolOff;
            number.NextStepAt = number.RestsUntil;
        }
    }

    /// <summary>Ends the rest of a number early, if it rests. The caller marks the change.</summary>
    public static void End(OwnedNumber number)
    {
        if (number.Stage == NumberStage.Resting)
        {
            number.Stage = NumberStage.Ready;
            number.RestsUntil = null;
            number.NextStepAt = null;
        }
    }
}
