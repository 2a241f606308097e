namespace PhoneMasking.Simulator.Numbers;

/// <summary>Reads the settings of a number from a form. What the form leaves out stays as it is.</summary>
internal static class NumberSettings
{
    public static OwnNumber Apply(OwnNumber number, IFormCollection form) => number with
    {
        FriendlyName = form.Text("FriendlyName", number.FriendlyName),
        SmsUrl = form.Text("SmsUrl", number.SmsUrl),
        SmsMethod = form.Text("SmsMethod", number.SmsMethod),
        SmsFallbackUrl = form.Text("SmsFallbackUrl", number.SmsFallbackUrl),
        SmsFallbackMethod = form.Text("SmsFallbackMethod", number.SmsFallbackMethod),
        StatusCallback = form.Text("StatusCallback", number.StatusCallback),
        StatusCallbackMethod = form.Text("StatusCallbackMethod", number.StatusCallbackMethod),
        VoiceUrl = form.Text("VoiceUrl", number.VoiceUrl),
        VoiceMethod = form.Text("VoiceMethod", number.VoiceMethod),
        VoiceFallbackUrl = form.Text("VoiceFallbackUrl", number.VoiceFallbackUrl),
        VoiceFallbackMethod = form.Text("VoiceFallbackMethod", number.VoiceFallbackMethod),
    };

    private static string Text(this IFormCollection form, string name, string otherwise) =>
        form.TryGetValue(name, out var value) ? value.ToString() : otherwise;
}
