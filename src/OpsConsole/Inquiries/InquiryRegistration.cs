using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.OpsConsole.Inquiries;

/// <summary>Composes the console's questions to the services.</summary>
internal static class InquiryRegistration
{
    /// <summary>Adds <see cref="Inquiry"/> and <see cref="NameBook"/>.</summary>
    /// <param name="builder">The console being composed.</param>
    public static void AddInquiries(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<InquiryOptions, InquiryOptionsValidator>(InquiryOptions.Section);
        builder.Services.AddScoped<Inquiry>();
        builder.Services.AddScoped<NameBook>();
    }
}
