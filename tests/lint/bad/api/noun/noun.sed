s/"raised_on"/"risen_on"/
