namespace ScFm.Model.Regression.Logistic;

/// <summary>Where the fitting of logistic regressions stands.</summary>
/// <param name="Done">Problems that are solved; one is a fold, a value of C and, in one-versus-rest, a class.</param>
/// <param name="Total">All problems.</param>
/// <param name="C">The C of the last one.</param>
/// <param name="Objective">Its objective.</param>
public readonly record struct LogisticProgress(int Done, int Total, double C, double Objective);
