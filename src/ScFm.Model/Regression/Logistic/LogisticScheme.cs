namespace ScFm.Model.Regression.Logistic;

/// <summary>How more than two classes are told apart. Of two classes, both are the same: one function whose sign tells them apart.</summary>
public enum LogisticScheme
{
    /// <summary>A function a class that tells it from all others, each fitted alone; their probabilities are divided by their sum. What scikit-learn's liblinear does.</summary>
    OneVersusRest,

    /// <summary>The functions of all classes together, by the softmax's likelihood. What scikit-learn's saga does.</summary>
    Multinomial,
}
