namespace PhoneMasking.NumberService.Doctor;

/// <summary>A repair did not succeed.</summary>
/// <param name="why">What the owner reads.</param>
internal sealed class RepairFailedException(string why) : Exception(why);
