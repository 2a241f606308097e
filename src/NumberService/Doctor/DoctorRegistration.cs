namespace PhoneMasking.NumberService.Doctor;

internal static class DoctorRegistration
{
    /// <summary>Adds what <c>doctor</c> does, the examinations in the order of their findings.</summary>
    public static void AddDoctor(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IExamination, SettingsExamination>();
        builder.Services.AddSingleton<IExamination, ServicesExamination>();
        builder.Services.AddSingleton<IExamination, NumbersExamination>();
        builder.Services.AddSingleton<IExamination, InventoryExamination>();
        builder.Services.AddSingleton<DoctorRun>();
    }
}
